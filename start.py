# -*- coding: utf-8 -*-
"""Opens the course, or proves it: `python start.py --help`.

Needs Python 3.11 or newer and nothing else: makes .venv, copies the chapters into work/, opens JupyterLab.
Its syntax stays readable for old Pythons (no f-string, no annotation), so that they can say what is missing.
"""
from __future__ import print_function

import sys

if sys.version_info < (3, 11):
    sys.exit("""The course needs Python 3.11 or newer; this is Python {0}.{1}.
Install a newer one, then: python3 start.py

Le cours demande Python 3.11 ou plus récent ; ceci est Python {0}.{1}.
Installez-en un plus récent, puis : python3 start.py""".format(*sys.version_info))

import argparse
import errno
import hashlib
import importlib.util
import json
import locale
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MEGABYTES = 800             # what .venv takes, measured
LANGUAGE = ["en"]           # the reader's, set by obey()
DELEGATED = {               # commands that a module of lstmlib answers: what it does, in both languages
    "progress": ("what you have solved so far", "ce que vous avez réussi jusqu'ici"),
    "cheatsheet": ("the LSTM on one page, as PDF and SVG: cheatsheet [FOLDER]",
                   "le LSTM sur une page, en PDF et SVG : cheatsheet [DOSSIER]"),
    "grade": ("marks for notebooks handed in: grade FILES…", "les notes de cahiers rendus : grade FICHIERS…"),
}


# Whatever is said stands where it is said, in both languages side by side.

def pick(english, french, *facts):
    """The sentence in the reader's language, its {} filled; French no-break spaces are put in by rule."""
    if LANGUAGE[0] == "fr":
        return re.sub(r" (?=[:;!?»])|(?<=«) ", "\u00a0", french).format(*facts)
    return english.format(*facts)


def say(english, french, *facts):
    print(pick(english, french, *facts), flush=True)


class Stop(Exception):
    """What the reader must know and do: main() says it without a traceback, and the exit code is 1."""

    def __init__(self, english, french, *facts):
        Exception.__init__(self, pick(english, french, *facts))


def system_language():
    """"fr" where the system speaks French, else "en"."""
    said = [os.environ.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    said.append(locale.getlocale()[0] or "")                # no variable set: Windows says "French_France"
    return "fr" if next(filter(None, said), "").lower().startswith("fr") else "en"


# The environment: .venv, made once. Its stamp is written last, so that an interrupted installation is healed.

def conda():
    """Is the environment of environment.yml active? Then it holds all that .venv would."""
    return os.environ.get("CONDA_DEFAULT_ENV") == "lstm"


def python():
    """The Python that has the course's packages."""
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return sys.executable if conda() else str(ROOT / ".venv" / inside)


def environ():
    """Variables for what we start. The matrices are small: one thread of linear algebra beats two."""
    ours = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"], "1")
    ours["JUPYTER_PREFER_ENV_PATH"] = "1"                   # .venv's own kernel, whatever else there is
    return dict(ours, **os.environ)


def run(*command, **where):
    """Run a command in the open; return its exit code."""
    return subprocess.call([str(word) for word in command], env=environ(), **where)


def pip(*words):
    """Run .venv's `pip install`, each line shown; return None, or all that it said if it failed."""
    command = [python(), "-m", "pip", "install", "--disable-pip-version-check", "--retries=2"]
    process = subprocess.Popen(command + [str(word) for word in words], env=environ(), text=True,
                               errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    lines = []
    for line in process.stdout:
        lines.append(line)
        print("     " + line.rstrip(), flush=True)
    return "".join(lines) if process.wait() else None


def wanted():
    """What .venv depends on, in one word: the pinned packages, our own, and where the folder lies."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install():
    """Make .venv and put in what requirements.txt pins, then lstmlib; a right stamp means: all done."""
    venv, stamp, pins = ROOT / ".venv", ROOT / ".venv" / "stamp", ROOT / "requirements.txt"
    state = stamp.read_text() if stamp.exists() else ""
    if conda() or (state == wanted() and Path(python()).exists()):
        return
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop("This Python cannot make virtual environments.\n"
                   "On Debian or Ubuntu: sudo apt install python{}.{}-venv",
                   "Ce Python ne sait pas créer d'environnement virtuel.\n"
                   "Sous Debian ou Ubuntu : sudo apt install python{}.{}-venv", *sys.version_info[:2])
    if state == "unfinished" or not Path(python()).exists():
        shutil.rmtree(venv, ignore_errors=True)             # packages may be half written: begin anew
        if shutil.disk_usage(ROOT).free < MEGABYTES * 1e6:
            raise disk_full()
    venv.mkdir(exist_ok=True)
    stamp.write_text("unfinished")

    say("Installing the course into .venv: once, a minute or less on a good line.",
        "Installation du cours dans .venv : une seule fois, une minute au plus avec une bonne connexion.")
    say("1/3  a Python apart", "1/3  un Python à part")
    if not Path(python()).exists() and run(sys._base_executable, "-m", "venv", venv):
        raise installation_failed("")
    say("2/3  the packages", "2/3  les paquets")
    quick = venv / "uv.txt"                                 # uv takes seconds where pip takes half a minute
    quick.write_text(re.search(r"^uv==[^#]*", pins.read_text(encoding="utf-8"), re.M).group())
    uv = [python(), "-m", "uv", "pip", "install", "--python", python(), "--require-hashes", "-r", pins]
    if pip("--only-binary=:all:", "--require-hashes", "-r", quick) is not None or run(*uv):
        say("     The quick way failed; now pip alone.", "     La voie rapide a échoué ; place à pip seul.")
        said = pip("--require-hashes", "-r", pins)
        if said is not None:
            raise installation_failed(said)
    say("3/3  lstmlib, the library under the notebooks", "3/3  lstmlib, la bibliothèque des cahiers")
    said = pip("--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT)
    if said is not None:
        raise installation_failed(said)
    settings = venv / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)      # JupyterLab would ask whether to fetch its news
    settings.write_text('{"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}')
    stamp.write_text(wanted())


def installation_failed(said):
    """The message that fits what pip said."""
    if re.search("No space left|Errno 28|not enough space|quota exceeded", said, re.I):
        return disk_full()
    if re.search("Retrying|connection|timed out|resolution|unreachable|from versions: none", said, re.I):
        return Stop("The packages cannot be reached. Is this machine online? Behind a proxy, set HTTPS_PROXY."
                    "\nThen run start.py again.",
                    "Les paquets sont inaccessibles. Cette machine est-elle en ligne ? Derrière un proxy, "
                    "définissez HTTPS_PROXY.\nPuis relancez start.py.")
    return Stop("The installation failed; the lines above say why. Once that is mended, run start.py again.",
                "L'installation a échoué ; les lignes ci-dessus disent pourquoi. La cause réparée, relancez "
                "start.py.")


def disk_full():
    return Stop("The disk is full: the course needs {} MB in {}. Make room, then run start.py again.",
                "Le disque est plein : le cours demande {} Mo dans {}. Faites de la place, puis relancez "
                "start.py.", MEGABYTES, ROOT)


# The learner's copies: work/en/04-forget-gate.ipynb and, in work/.origin/en/, the version it was copied from.

def sources(path):
    """What makes two notebooks equal: their cells' kinds and texts, empty ones apart. None if unreadable."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return [(kind, text) for kind, text in texts if text.strip()]


def copy(chapter, path):
    """Copy a chapter without its outputs: predictions come before results."""
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".part")
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    whole.write_text(text, encoding="utf-8", newline="\n")
    whole.replace(path)                                     # whole or not at all


def beside(path, word, ours):
    """The first of `name (word).ipynb`, `name (word 2).ipynb`, … that is free or has cells among `ours`."""
    number, candidate = 1, path.with_name("{} ({}).ipynb".format(path.stem, word))
    while candidate.exists() and sources(candidate) not in ours:
        number += 1
        candidate = path.with_name("{} ({} {}).ipynb".format(path.stem, word, number))
    return candidate


def notebooks(folder):
    """The notebooks of a folder of the course, in order."""
    found = sorted((ROOT / folder).glob("*.ipynb"))
    if not found:
        raise Stop("There are no notebooks in {}; build.py makes them.",
                   "Il n'y a pas de cahiers dans {} ; build.py les fabrique.", ROOT / folder)
    return found


def chapters(language):
    return notebooks("chapters/" + language)


def places(chapter):
    """Where the learner's copy of a chapter lies, and where the version that it was copied from."""
    within = Path(chapter.parent.name, chapter.name)        # en/04-forget-gate.ipynb
    return ROOT / "work" / within, ROOT / "work" / ".origin" / within


def lay_out(language):
    """Copy the chapters into work/, never over what the learner wrote."""
    for chapter in chapters(language):
        copied, origin = places(chapter)
        new, old, now = sources(chapter), sources(origin), sources(copied)
        if not copied.exists():
            copy(chapter, copied)
        elif new == old:
            continue                                        # no news: whatever is in it is the learner's
        elif now is not None and now in (old, new):
            copy(chapter, copied)
            say("{}: renewed; a newer version came and you had not changed yours.",
                "{} : renouvelé ; une version plus récente est arrivée et vous n'aviez rien modifié.",
                copied.name)
        else:
            other = beside(copied, pick("new", "nouveau"), [new] if old is None else [new, old])
            copy(chapter, other)
            say("{}: yours stays as it is; a newer version lies beside it: {}",
                "{} : le vôtre reste tel quel ; une version plus récente est à côté : {}",
                copied.name, other.name)
        copy(chapter, origin)


def fresh(language, number):
    """Give a fresh copy of one chapter; the learner's is kept under another name."""
    there = {chapter.name[:2]: chapter for chapter in chapters(language)}
    if number.zfill(2) not in there:
        raise Stop("There is no chapter {}; there are {}.",
                   "Il n'y a pas de chapitre {} ; il y a {}.", number, ", ".join(there))
    chapter = there[number.zfill(2)]
    copied, origin = places(chapter)
    if copied.exists():
        kept = beside(copied, pick("old", "ancien"), [])
        copied.rename(kept)
        say("Your copy is kept: {}", "Votre copie est gardée : {}", kept)
    copy(chapter, copied)
    copy(chapter, origin)
    say("A fresh one:       {}", "Une copie neuve :       {}", copied)


# JupyterLab.

def is_free(port):
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)     # a port just left is free
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def open_lab(language, port, browser):
    """Open JupyterLab on the first chapter and stay until it ends; return its exit code."""
    if port is None:
        port = next(filter(is_free, range(8888, 8988)), 8888)
    if not is_free(port):
        raise Stop("Port {} is taken: is JupyterLab open already? To use another: python start.py --port {}",
                   "Le port {} est pris : JupyterLab est-il déjà ouvert ? Pour en prendre un autre : "
                   "python start.py --port {}", port, port + 1)
    first = chapters(language)[0].name
    command = [python(), "-m", "jupyterlab", "--ServerApp.port={}".format(port), "--ServerApp.port_retries=0",
               "--LabApp.default_url=/lab/tree/" + first, "--Application.log_level=ERROR",
               "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")                      # in a container
    say("Opening JupyterLab on port {}. To leave: Ctrl+C here.",
        "Ouverture de JupyterLab sur le port {}. Pour quitter : Ctrl+C ici.", port)
    lab = subprocess.Popen(command, env=environ(), cwd=str(ROOT / "work" / language))
    signal.signal(signal.SIGINT, lambda *_: None)           # JupyterLab gets it too, and asks
    signal.signal(signal.SIGTERM, lambda *_: lab.terminate())
    return lab.wait()


# The proof.

def test(claims):
    """Run the tests, say how long each part took; return 0 if all passed, else 1."""
    for folder in ("chapters/en", "chapters/fr", "solutions/en", "solutions/fr"):
        notebooks(folder)                                   # an empty one is no success
    pytest = [python(), "-m", "pytest", "-q", "-n", "2", "--dist", "load" if claims else "loadfile"]
    long = ["tests/test_claims.py", "tests/test_claims_applications.py"]
    parts = {"claims": pytest + ["-rP"] + long} if claims else {       # -rP: the spread that each claim found
        "library": pytest + ["tests", "--ignore=tests/browser", "--ignore-glob=tests/test_claims*.py"],
        "notebooks": [python(), "tests/notebooks.py", "chapters", "solutions"],
        "freshness": [python(), "build.py", "--check"]}
    for shake in "123" if claims else "":                   # as on three other processors
        parts["shake " + shake] = [python(), "tests/notebooks.py", "--shake", shake, "chapters/en"]
    table, failed = [], 0
    for name, command in parts.items():
        print("\n--- " + name, flush=True)
        began = time.monotonic()
        code = run(*command, cwd=str(ROOT))
        failed = failed or int(code != 0)
        verdict = pick("FAILED", "ÉCHEC") if code else pick("passed", "réussi")
        table.append("{:10} {:5.0f} s   {}".format(name, time.monotonic() - began, verdict))
    print("\n" + "\n".join(table))
    return failed


# The command line.

def usage():
    lines = [
        ("[fr|en]", ("open the course, in the system's language or the one you say",
                     "ouvre le cours, dans la langue du système ou celle que vous dites")),
        ("fresh 03", ("a fresh copy of chapter 03; yours is kept",
                      "une copie neuve du chapitre 03 ; la vôtre est gardée")),
        ("test", ("prove the course: the tests, every notebook, nothing stale",
                  "prouve le cours : les tests, chaque cahier, rien de périmé")),
        ("test --claims", ("prove what the chapters claim, over many seeds",
                           "prouve ce que les chapitres affirment, sur plusieurs graines"))]
    lines += DELEGATED.items()
    return "\n       ".join("python start.py {:15}".format(words) + pick(*does) for words, does in lines)


def obey(words):
    """Do what the command line asks; return the exit code."""
    at = next((k for k, word in enumerate(words) if word in DELEGATED), len(words))
    words, delegated = words[:at], words[at:]
    said = [word for word in words + delegated[1:2] if word in ("fr", "en")]
    LANGUAGE[0] = said[0] if said else system_language()
    parser = argparse.ArgumentParser(prog="start.py", usage=usage())
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--no-browser", action="store_true", help=pick(
        "only print JupyterLab's address", "afficher seulement l'adresse de JupyterLab"))
    parser.add_argument("--port", type=int, help=pick(
        "JupyterLab's port; else the first free one from 8888",
        "port de JupyterLab ; sinon le premier libre à partir de 8888"))
    parser.add_argument("--claims", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_intermixed_args(words)
    command = [word for word in options.words if word not in ("fr", "en")]

    if command[:1] == ["fresh"] and len(command) == 2:
        fresh(LANGUAGE[0], command[1])
        return 0
    if command not in ([], ["test"]) or options.port not in [None] + list(range(1, 65535)):
        parser.error("? " + " ".join(words))
    install()
    if delegated:
        rest = delegated[2:] if delegated[1:2] == LANGUAGE else delegated[1:]
        if not rest:
            lay_out(LANGUAGE[0])                            # no further words: it is about one's own work
        return run(python(), "-m", "lstmlib." + delegated[0], LANGUAGE[0], *rest,
                   cwd=None if rest else str(ROOT / "work" / LANGUAGE[0]))
    if command == ["test"]:
        return test(options.claims)
    lay_out(LANGUAGE[0])
    return open_lab(LANGUAGE[0], options.port, not options.no_browser)


def main(words):
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")                # a console without « is no reason to fail
    try:
        return obey(words)
    except Stop as stop:
        problem = stop
    except KeyboardInterrupt:
        problem = Stop("\nInterrupted. The next start heals what is unfinished.",
                       "\nInterrompu. Le prochain démarrage réparera ce qui est inachevé.")
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            problem = Stop("Cannot write {}. Move the course into a folder of your own.",
                           "Impossible d'écrire {}. Placez le cours dans un dossier à vous.",
                           error.filename or ROOT)
        elif errno.errorcode.get(error.errno) in ("ENOSPC", "EDQUOT"):
            problem = disk_full()
        else:
            raise
    print(problem, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
