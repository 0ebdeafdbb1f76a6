"""A class on one JupyterHub: readers who log in, open, run and save chapter 04 through the browser's protocol.

    .venv/bin/python benchmarks/hub.py FOLDER [--readers 20] [--every 25] [--cells 4]

Needs `pip install jupyterhub` in .venv and, on the PATH, configurable-http-proxy (npm). The hub of the guide's
jupyterhub_config.py runs in FOLDER; any name logs in, homes are FOLDER/homes. Each reader writes other exercises.
When half of the readers are half way, the hub is stopped and started; at the end one reader restarts the kernel and
runs all again. With --cells the class only begins: nothing is restarted.
"""
import argparse
import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import requests
import websocket

ROOT = Path(__file__).resolve().parent.parent
URL = "http://127.0.0.1:8811"
NAME = "04-forget-gate.ipynb"
TASKS = "half-life", "bias-for", "forget-gate", "latch"            # cells; each reader writes some of them
ANSWERS = {cell["id"]: cell["source"] for cell in nbformat.read(ROOT / "solutions/en" / NAME, 4).cells}
STOPPED = websocket.WebSocketException, OSError                    # those of requests are of the latter kind


class Reader:
    """A browser: its cookies, its tab with the chapter, what it measured."""

    def __init__(self, number, folder):
        self.name, self.web, self.told = f"reader{number:02}", requests.Session(), {}
        self.home = folder / "homes" / self.name
        self.base, self.session = f"{URL}/user/{self.name}", uuid.uuid4().hex
        self.wrote = [task for k, task in enumerate(TASKS) if number >> k & 1]
        self.errors = 0

    def cookies(self, path):
        """Those that a browser sends to this path, the more special ones first."""
        fit = [cookie for cookie in self.web.cookies if path.startswith(cookie.path)]
        return {cookie.name: cookie.value for cookie in sorted(fit, key=lambda cookie: len(cookie.path))}

    def ask(self, method, path, body=None):
        """A request of the chapter's page to the reader's server."""
        key = self.cookies(f"/user/{self.name}/")["_xsrf"]
        answer = self.web.request(method, f"{self.base}/{path}", json=body, headers={"X-XSRFToken": key}, timeout=300)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def note(self, what):
        """Keeps the seconds since the reader came, once."""
        self.told.setdefault(what, time.monotonic() - self.came)

    def arrive(self):
        """Logs in, waits for the server as the page does, opens the chapter, starts its kernel."""
        self.web.get(f"{URL}/hub/login").raise_for_status()
        form = {"username": self.name, "password": "class", "_xsrf": self.cookies("/hub/")["_xsrf"]}
        self.web.post(f"{URL}/hub/login?next=/hub/spawn", form, timeout=300).raise_for_status()
        self.note("logged in")
        progress = f"{URL}/hub/api/users/{self.name}/server/progress?_xsrf={self.cookies('/hub/')['_xsrf']}"
        with self.web.get(progress, stream=True, timeout=300) as lines:
            lines.raise_for_status()
            said = [json.loads(line[5:]) for line in lines.iter_lines() if line.startswith(b"data:")]
        assert said[-1].get("ready"), said
        page = self.web.get(self.base + "/", timeout=300)
        assert "/lab/tree/" in page.url, page.url
        for script in re.findall(r'src="(/[^"]+\.js[^"]*)"', page.text):
            self.web.get(URL + script, timeout=300).raise_for_status()
        self.ask("GET", "lab/api/settings")
        self.note("JupyterLab is there")
        self.book = nbformat.from_dict(self.ask("GET", f"api/contents/{NAME}?content=1&type=notebook")["content"])
        for cell in self.book.cells:
            cell.metadata.pop("trusted", None)                      # what the server says of a cell, and never writes
        started = self.ask("POST", "api/sessions", {
            "path": NAME, "name": NAME, "type": "notebook", "kernel": {"name": "python3"}})
        self.kernel = started["kernel"]["id"]
        self.connect()

    def connect(self):
        """The kernel's socket; with the same session as before it tells what was said in between."""
        path = f"/user/{self.name}/api/kernels/{self.kernel}/channels"
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies(path).items())
        self.socket = websocket.create_connection(f"{URL.replace('http', 'ws')}{path}?session_id={self.session}",
                                                  cookie=cookie, timeout=600, origin=URL)

    def hear(self):
        """The next message; where the hub is away it is waited for, as JupyterLab does."""
        while True:
            try:
                said = self.socket.recv()
                if isinstance(said, str) and said:
                    return json.loads(said)
            except STOPPED:
                time.sleep(1)
                self.patiently(self.connect)

    def patiently(self, do):
        """Does it, again and again while there is no hub."""
        until = time.monotonic() + 300
        while True:
            try:
                return do()
            except STOPPED:
                if time.monotonic() > until:
                    raise
                time.sleep(1)

    def run(self, cell):
        """One cell, as JupyterLab sends it; its outputs are put into it once the kernel is idle again."""
        ours, outputs, shown, wait = uuid.uuid4().hex, [], {}, {"idle", "reply"}
        message = {"header": {"msg_id": ours, "msg_type": "execute_request", "username": "", "version": "5.3",
                              "session": self.session, "date": ""}, "parent_header": {}, "buffers": [],
                   "metadata": {"cellId": cell.id}, "channel": "shell",
                   "content": {"code": cell.source, "silent": False, "store_history": True, "user_expressions": {},
                               "allow_stdin": True, "stop_on_error": True}}
        try:
            self.socket.send(json.dumps(message))
        except STOPPED:
            self.patiently(self.connect)
            self.socket.send(json.dumps(message))
        while wait:
            heard = self.hear()
            if heard["parent_header"].get("msg_id") != ours:
                continue
            kind, content = heard["header"]["msg_type"], heard["content"]
            if kind == "status" and content["execution_state"] == "idle":
                wait.discard("idle")
            elif kind == "execute_reply":
                wait.discard("reply")
                cell.execution_count = content["execution_count"]
            elif kind == "clear_output":
                outputs.clear()
            elif kind == "update_display_data":
                for output in shown.get(content["transient"]["display_id"], ()):
                    output.update(data=nbformat.from_dict(content["data"]))
            elif kind in ("stream", "display_data", "execute_result", "error"):
                self.note("the first output")
                self.errors += kind == "error"
                output = nbformat.v4.output_from_msg(heard)
                shown.setdefault(content.get("transient", {}).get("display_id"), []).append(output)
                outputs.append(output)
        cell.outputs = outputs

    def code(self):
        """The code cells."""
        return [cell for cell in self.book.cells if cell.cell_type == "code"]

    def work(self, cells):
        """Runs code cells, writing the reader's exercises."""
        for cell in cells:
            if cell.id in self.wrote:
                cell.source = ANSWERS[cell.id]
            self.run(cell)
            self.note("the first cell")

    def save(self):
        """Saves the chapter, with a note of the reader's own in its last cell; it must come back as it was sent."""
        self.book.cells = [cell for cell in self.book.cells if cell.id != "mine"]
        self.book.cells.append(nbformat.v4.new_markdown_cell(f"{self.name} was here", id="mine"))
        nbformat.validate(self.book)
        body = {"type": "notebook", "format": "json", "content": self.book}
        self.patiently(lambda: self.ask("PUT", f"api/contents/{NAME}", body))
        self.note("saved")

    def leave(self):
        """Stops the server, as on the hub's own page."""
        key = self.cookies("/hub/").get("_xsrf", "")
        self.web.delete(f"{URL}/hub/api/users/{self.name}/server", headers={"X-XSRFToken": key}, timeout=300)


def processes(home):
    """(MiB of memory, shared pages counted in parts; seconds of processor) of what runs with this home."""
    memory = seconds = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"HOME={home}\0".encode() in (folder / "environ").read_bytes():
                memory += int((folder / "smaps_rollup").read_text().split("\nPss:")[1].split()[0]) / 1024
                seconds += sum(map(int, (folder / "stat").read_text().rpartition(")")[2].split()[11:15])) / 100
        except (OSError, IndexError):                               # it ended, or is another's
            continue
    return memory, seconds


def busy():
    """Seconds that the machine's processors have worked, for whomever."""
    user, nice, system, _, _, *interrupts = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:8])
    return (user + nice + system + sum(interrupts)) / 100


def table(title, values):
    print(f"{title:34} median {statistics.median(values):7.1f}   most {max(values):7.1f}", flush=True)


class Class:
    """The hub and its readers."""

    def __init__(self, options):
        self.options, self.folder = options, options.folder.resolve()
        self.readers = [Reader(k, self.folder) for k in range(options.readers)]
        (self.folder / "homes").mkdir(parents=True, exist_ok=True)

    def open(self):
        """Starts the hub, as the guide says, but that any name logs in."""
        with (self.folder / "hub.log").open("a") as log:
            self.hub = subprocess.Popen([
                sys.executable, "-m", "jupyterhub", "-f", str(ROOT / "guide" / "jupyterhub_config.py"),
                f"--JupyterHub.bind_url={URL}", "--JupyterHub.hub_port=8812", "--JupyterHub.spawner_class=simple",
                "--ConfigurableHTTPProxy.api_url=http://127.0.0.1:8813", "--JupyterHub.authenticator_class=dummy",
                f"--SimpleLocalProcessSpawner.home_dir_template={self.folder}/homes/{{username}}"],
                cwd=self.folder, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                if requests.get(f"{URL}/hub/login", timeout=5).ok:
                    return
            except requests.ConnectionError:
                time.sleep(.2)
        raise SystemExit(f"the hub does not answer: {self.folder / 'hub.log'}")

    def close(self):
        self.hub.terminate()
        self.hub.wait(60)

    def restart(self):
        """In the middle, while kernels work."""
        began = time.monotonic()
        self.close()
        self.open()
        print(f"the hub was restarted: {time.monotonic() - began:.1f} s", flush=True)

    def lesson(self, reader, wait):
        time.sleep(wait)
        reader.came = time.monotonic()
        reader.patiently(reader.arrive)
        code = reader.code()[:self.options.cells]
        half = len(code) // 2
        reader.work(code[:half])
        if next(self.half_way) == len(self.readers) // 2 and not self.options.cells:
            threading.Timer(1, self.restart).start()
        reader.work(code[half:])
        reader.save()
        reader.memory, reader.seconds = processes(reader.home)

    def again(self, reader):
        """The kernel is restarted; then all cells once more."""
        reader.ask("POST", f"api/kernels/{reader.kernel}/restart")
        reader.socket.close()
        reader.connect()
        began = time.monotonic()
        reader.work(reader.code())
        reader.save()
        print(f"{reader.name} restarted the kernel and ran all again: {time.monotonic() - began:.1f} s", flush=True)

    def take_place(self):
        """The whole lesson, and what is printed of it."""
        self.half_way, worked, began, all_of_them = itertools.count(), busy(), time.monotonic(), self.readers
        self.open()
        try:
            with ThreadPoolExecutor(len(self.readers)) as pool:
                coming = {reader.name: pool.submit(self.lesson, reader, k * self.options.every)
                          for k, reader in enumerate(self.readers)}
            for name, lesson in coming.items():
                if lesson.exception():
                    print(f"{name} did not get to the end: {lesson.exception()!r}")
            self.readers = [reader for reader in self.readers if not coming[reader.name].exception()]
            took, worked = time.monotonic() - began, busy() - worked
            for what in self.readers[0].told:
                table(f"seconds until: {what}", [reader.told[what] for reader in self.readers])
            table("MiB a reader", [reader.memory for reader in self.readers])
            table("seconds of processor a reader", [reader.seconds for reader in self.readers])
            ours = sum(reader.seconds for reader in self.readers)
            memory = sum(processes(reader.home)[0] for reader in self.readers)
            print(f"all of them: {memory:.0f} MiB, {took:.0f} s; processors worked {worked:.0f} s in that time, "
                  f"{ours:.0f} s of it for the readers; load {os.getloadavg()[0]:.1f}")
            if not self.options.cells:
                self.again(self.readers[0])
            self.look()
        finally:
            with ThreadPoolExecutor(len(all_of_them)) as pool:
                pool.map(Reader.leave, all_of_them)
            self.close()

    def look(self):
        """What lies in the readers' homes, against what they wrote."""
        kept = own = 0
        for reader in self.readers:
            there = nbformat.read(reader.home / "lstm/en" / NAME, 4)
            kept += there == reader.book
            progress = reader.home / "lstm/progress.json"
            known = json.loads(progress.read_text()) if progress.exists() else {"exercises": {}, "puzzles": {}}
            ran = {cell.id for cell in reader.code() if cell.execution_count}
            wrote = {task.replace("-", "_") for task in reader.wrote if task in ran}
            own += {*known["exercises"], *known["puzzles"]} == wrote
        cells = sum(bool(cell.execution_count) for reader in self.readers for cell in reader.code())
        errors = sum(reader.errors for reader in self.readers)
        print(f"{len(self.readers)} notebooks, {cells} cells, {errors} errors; {kept} notebooks are on the disk as "
              f"they were sent, {own} progress files hold their reader's tasks alone")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--every", type=float, default=0, help="seconds between two who arrive; else all at once")
    parser.add_argument("--cells", type=int, help="how many code cells are run; else all")
    Class(parser.parse_args()).take_place()


if __name__ == "__main__":
    main()
