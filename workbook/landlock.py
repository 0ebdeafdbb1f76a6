"""A fence that the kernel holds: what this process may do to files, to the network and to others, until its end.

Landlock (Linux 5.13 and newer) knows the folders that may be read or written; seccomp refuses the calls that start
a program, open a socket or reach into another process. Both need no rights and cannot be taken back, whatever the
process does to its own Python. https://docs.kernel.org/userspace-api/landlock.html
"""
import ctypes
import os
import platform
import struct
import sys

CREATE, ADD, RESTRICT = 444, 445, 446                     # system calls: the same on every processor
WRITE, READ, LIST, CUT, IOCTL = 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 15
RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: CUT, 5: IOCTL}  # on files, since which version: all that there are
OF_A_FILE = WRITE | READ | CUT | IOCTL                    # the others are of folders
NO, AS_IF_DONE, UNKNOWN, ALLOWED = 0x50001, 0x50000, 0x50026, 0x7FFF0000         # EPERM; 0, and nothing done; ENOSYS

# By processor: its number for seccomp; calls that are refused; those that change the rights or dates of a file,
# which Landlock lets pass; clone, which may start a thread; prlimit, which may limit itself.
CALLS = {
    "x86_64": (0xC000003E, """29 41 57 58 59 62 64 68 101 129 141 142 144 155 161 165 166 200 203 234 240 248 249 250
                           251 272 297 298 308 310 311 314 319 321 322 323 424 425 434 438""",
               "90 91 92 93 94 132 188 189 190 235 260 261 268 280 452 463", 56, 302),
    "aarch64": (0xC00000B7, """30 39 40 41 51 97 117 118 119 122 129 130 131 138 140 180 186 190 194 198 217 218 219
                            221 240 241 268 270 271 274 279 280 281 282 424 425 434 438""",
                "5 6 7 52 53 54 55 88 452 463", 220, 261),
}


def there():
    """The version of Landlock that the kernel has; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(0, ctypes.CDLL(None).syscall(CREATE, None, ctypes.c_size_t(0), 1))


def hold(reading, listing, writing):
    """From here on only files in and below `reading` are read, `listing` itself is listed, `writing` is changed.

    Whether the kernel holds it: (files, processes).
    """
    if sys.platform != "linux":
        return False, False
    kernel = ctypes.CDLL(None, use_errno=True)
    kernel.prctl(1, *map(ctypes.c_ulong, (9, 0, 0, 0)))    # it ends when its parent does
    kernel.prctl(38, *map(ctypes.c_ulong, (1, 0, 0, 0)))   # and never gains rights
    files = bool(version := there()) and _files(kernel, version, reading, listing, writing)
    return files, _calls(kernel)


def _files(kernel, version, reading, listing, writing):
    rights = sum(bits for since, bits in RIGHTS.items() if since <= version)
    handled = struct.pack("QQQ", rights, 3 * (version >= 4), 3 * (version >= 6))     # files; TCP; signals
    room = kernel.syscall(CREATE, handled, ctypes.c_size_t(24 if version >= 6 else 16 if version >= 4 else 8), 0)
    for paths, allowed in (reading, READ | LIST), (listing, LIST), (writing, rights & ~(1 << 0 | 1 << 6 | 1 << 11)):
        for path in paths:
            try:
                found = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue                                  # what is not there need not be open
            mask = rights if os.path.isdir(path) else OF_A_FILE
            kernel.syscall(ADD, room, 1, struct.pack("=Qi", allowed & rights & mask, found), 0)
            os.close(found)
    held = kernel.syscall(RESTRICT, room, 0) == 0
    os.close(room)
    return held


def _calls(kernel):
    if platform.machine() not in CALLS:
        return False
    processor, refused, changing, clone, prlimit = CALLS[platform.machine()]
    load, equal, least, holds, give = 0x20, 0x15, 0x35, 0x45, 0x06
    steps = [(load, 0, 0, 4), (equal, 1, 0, processor), (give, 0, 0, NO), (load, 0, 0, 0),
             (least, 0, 1, 1 << 30), (give, 0, 0, NO)]     # x32, the calls of another kind of program
    for numbers, answer in (refused, NO), (changing, AS_IF_DONE), ("435", UNKNOWN):       # clone3
        for number in numbers.split():
            steps += [(equal, 0, 1, int(number)), (give, 0, 0, answer)]
    for number, harmless in (clone, (holds, 1, 0, 1 << 16)), (prlimit, (equal, 1, 0, 0)):
        steps += [(equal, 0, 4, number), (load, 0, 0, 16), harmless, (give, 0, 0, NO), (give, 0, 0, ALLOWED)]
    steps.append((give, 0, 0, ALLOWED))
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    told = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(program))
    return kernel.prctl(22, ctypes.c_ulong(2), told, ctypes.c_ulong(0), ctypes.c_ulong(0)) == 0
