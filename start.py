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

import os

if __name__ == "__main__":      # a json.py of the reader's, here or on PYTHONPATH, comes after Python's own
    THEIRS = sys.path[:1] + [os.path.abspath(p) for p in os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    sys.path.sort(key=THEIRS.__contains__)

import argparse
import contextlib
import errno
import hashlib
import importlib.util
import itertools
import json
import locale
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent
MEGABYTES = 800             # what .venv takes, measured
LANGUAGE = ["en"]           # the reader's, set by obey()
HUB = "JUPYTERHUB_SERVICE_URL"      # set where JupyterHub starts us: its server then takes JupyterLab's place
DELEGATED = {               # commands that the workbook answers: what it does, in both languages
    "progress": ("what you have solved so far", "ce que vous avez réussi jusqu'ici"),
    "cheatsheet": ("the LSTM on one page, as PDF and SVG: cheatsheet [FOLDER]",
                   "le LSTM sur une page, en PDF et SVG : cheatsheet [DOSSIER]"),
    "pages": ("the chapters as web pages, to read and to print: pages [FOLDER]",
              "les chapitres en pages web, à lire et à imprimer : pages [DOSSIER]"),
    "site": ("a web site of both editions, where pictures move and questions answer: site [FOLDER]",
             "un site web des deux éditions, aux figures mobiles et aux questions qui répondent : site [DOSSIER]"),
    "slides": ("the chapters as slides for a lecture, with pictures that move: slides [FOLDER]",
               "les chapitres en diapositives pour un cours, aux figures mobiles : slides [DOSSIER]"),
    "review": ("the questions that come back today; all of them for Anki: review --anki FILE, or --moodle",
               "les questions qui reviennent aujourd'hui ; toutes pour Anki : review --anki FICHIER, ou --moodle"),
    "grade": ("marks for notebooks handed in, and what a class gets wrong: grade FILES…",
              "les notes de cahiers rendus, et les erreurs d'une classe : grade FICHIERS…"),
}


def work():
    """The folder of the reader's own files: what COURSE_WORK says, where many share one course; else here."""
    return Path(os.path.abspath(os.path.expanduser(os.environ.get("COURSE_WORK") or str(ROOT / "work"))))


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


def readers_language():
    """"fr" or "en": of the folder that the reader is in; else what was opened last; else what the system speaks."""
    with contextlib.suppress(OSError):                      # the folder may be gone
        here = os.path.realpath(os.getcwd()) + os.sep
        for language in ("en", "fr"):
            if here.startswith(os.path.realpath(str(work() / language)) + os.sep):
                return language
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        told = json.loads(overrides().read_text())[SPEECH]["locale"]
        return {code: language for language, code in LOCALES.items()}[told]
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


def module(name):
    """The command for a module of that Python; -P: no file of the reader's stands in for another module."""
    return [python(), "-P", "-m", name]


# jsonschema would build a grammar of addresses in all scripts, which takes as long as the rest of Jupyter's start.
LIGHT = ("import runpy, sys; sys.modules['rfc3987_syntax'] = None; "
         "runpy.run_module(sys.argv.pop(1), run_name='__main__', alter_sys=True)")


def jupyter(name):
    """The command for a module of Jupyter's, without what no notebook needs."""
    return [python(), "-P", "-c", LIGHT, name]


# What readers set for other work leads astray, but for what says where packages come from, and how.
ASTRAY = re.compile("PYTHON|PIP_|UV_|JUPYTER|IPYTHON|MPL|MATPLOTLIB")
KEPT = re.compile("PYTHON(DONTWRITEBYTECODE|HASHSEED|PYCACHEPREFIX|UNBUFFERED)$|JUPYTER_TOKEN$|JUPYTERHUB_|"
                  "(PIP|UV)_(CONFIG_FILE|OFFLINE|LINK_MODE|"
                  ".*(INDEX|FIND_LINKS|PROXY|CERT|TLS|HOST|CACHE|TIMEOUT|RETRIES|KEYRING))")


def environ():
    """Variables for what we start: the same on every machine, whatever the reader has set for other work."""
    ours = {name: os.environ[name] for name in os.environ if KEPT.match(name) or not ASTRAY.match(name)}
    own = str(work() / ".jupyter")                          # the user's own settings may open the port
    ours.update(JUPYTER_CONFIG_DIR=own, JUPYTER_DATA_DIR=own + "/data", IPYTHONDIR=own + "/ipython",
                MPLCONFIGDIR=own + "/matplotlib", JUPYTER_PREFER_ENV_PATH="1",      # .venv's own kernel
                PYTHONUTF8="1", PYTHONNOUSERSITE="1", PIP_USER="0")
    for library in ("OMP_NUM", "OPENBLAS_NUM", "MKL_NUM", "VECLIB_MAXIMUM"):
        ours[library + "_THREADS"] = "1"                    # small matrices: faster than two, rounded alike
    if not os.access(os.path.expanduser("~"), os.W_OK):     # no home, or a read-only one
        ours.update(HOME=own, USERPROFILE=own, UV_NO_CACHE="1", PIP_NO_CACHE_DIR="1")
    return ours


def run(*command, **where):
    """Run a command in the open; return its exit code."""
    return subprocess.call([str(word) for word in command], env=environ(), **where)


def tell(command, *words):
    """Run a command of the installation, each line shown; return None, or all that it said if it failed."""
    process = subprocess.Popen(command + [str(word) for word in words], env=environ(), cwd=str(ROOT),
                               encoding="utf-8", errors="replace",
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = ""
    for line in process.stdout:
        said += line
        print("     " + line.rstrip(), flush=True)
    return said if process.wait() else None


def pip(*words):
    return tell(module("pip"), "install", "--disable-pip-version-check", "--retries=2", *words)


@contextlib.contextmanager
def alone():
    """One start at a time writes in this folder. The lock is on this very file, and dies with its process.

    Where many share a course that was installed for them, each locks only the folder of their own.
    """
    held = Path(__file__)
    if os.environ.get("COURSE_WORK"):
        held = work() / ".start.lock"
        held.parent.mkdir(parents=True, exist_ok=True)
        held.touch()
    with open(str(held), "rb") as lock:
        for attempt in itertools.count():
            try:
                if os.name == "nt":
                    import msvcrt
                    lock.seek(2**30)                        # far behind the end: others may read the file
                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    import fcntl
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EAGAIN, errno.EACCES):
                    break                                   # a disk that knows no locks
            if attempt == 0:
                say("Another start.py is at work in this folder; this one waits for it.",
                    "Un autre start.py travaille dans ce dossier ; celui-ci l'attend.")
            time.sleep(.2)
        yield


def wanted():
    """What .venv depends on, in one word: the pinned packages, our own, and where the folder lies."""
    digest = hashlib.sha256(os.fsencode(ROOT))
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def packages():
    """The folder of packages, asked of the course's Python; None if that does not run, or is too old."""
    ask = "import os, sys, sysconfig; sys.stdout.buffer.write(os.fsencode(sysconfig.get_path('purelib')))"
    try:
        said = subprocess.check_output([python(), "-P", "-c", ask], env=environ(), stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return None
    return Path(os.fsdecode(said))


def records(site):
    """Where each package keeps the list of its files: {name: folder}."""
    return {folder.name.partition("-")[0]: folder for folder in site.glob("*.dist-info")}


def damaged(site, names):
    """Those of the packages that are gone, or lack a file of their list, or have one emptied."""
    there, lost = records(site), []
    for name in names:
        try:
            for line in (there[name] / "RECORD").read_text(encoding="utf-8").splitlines():
                path, _, size = line.rsplit(",", 2)
                if not path.endswith(".pyc"):
                    full = os.stat(os.path.join(str(site), path.strip('"'))).st_size
                    if not full and size.strip("0"):
                        raise ValueError("emptied")
        except (KeyError, OSError, ValueError):
            lost.append(name)
    return lost


def install():
    """Make .venv and put in what requirements.txt pins, then the course; a right stamp, no damage: all done."""
    if conda():
        return
    venv, stamp, pins = ROOT / ".venv", ROOT / ".venv" / "stamp", ROOT / "requirements.txt"
    state, _, names = (stamp.read_text(errors="replace") if stamp.is_file() else "").partition("\n")
    site = packages()
    lost = damaged(site, names.split()) if site else []
    if site and state == wanted() and not lost:
        return
    place = os.path.realpath(str(venv))                     # .venv may be a link to a roomier disk
    if os.pathsep in place or "\ufffd" in os.fsencode(place).decode("utf-8", "replace"):
        raise Stop("Python refuses a path that holds “{}” or is not UTF-8. Rename what is so in {}",
                   "Python refuse un chemin qui contient « {} » ou n'est pas en UTF-8. Renommez dans {}",
                   os.pathsep, place)
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Stop("This Python cannot make virtual environments.\n"
                   "On Debian or Ubuntu: sudo apt install python{}.{}-venv",
                   "Ce Python ne sait pas créer d'environnement virtuel.\n"
                   "Sous Debian ou Ubuntu : sudo apt install python{}.{}-venv", *sys.version_info[:2])
    venv.mkdir(exist_ok=True)
    found = [path for path in venv.iterdir() if path != stamp]
    if found and not (stamp.exists() or (venv / "pyvenv.cfg").exists()):
        raise FileExistsError(errno.EEXIST, "no environment", str(venv))
    stamp.write_text("unfinished")
    if state == "unfinished" or not site:                   # half written, or no Python in it: begin anew
        for path in found:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        if shutil.disk_usage(venv).free < MEGABYTES * 1e6:
            raise disk_full()
    elif lost:
        say("Damaged, and put in again: {}", "Abîmé, et remis en place : {}", ", ".join(lost))
        for folder in filter(None, map(records(site).get, lost)):
            shutil.rmtree(folder)                           # now they count as not installed

    say("Installing the course into .venv: once, a minute or less on a good line.",
        "Installation du cours dans .venv : une seule fois, une minute au plus avec une bonne connexion.")
    say("1/3  a Python apart", "1/3  un Python à part")
    if not packages():
        need(tell([sys._base_executable, "-P", "-m", "venv", "--without-pip", place]))
    site = packages() or venv
    if "pip" not in records(site):
        need(tell(module("ensurepip")))
    say("2/3  the packages", "2/3  les paquets")
    quick = venv / "uv.txt"                                 # uv takes seconds where pip takes half a minute
    quick.write_text(re.search(r"^uv==[^#]*", pins.read_text(encoding="utf-8"), re.M).group())
    said = pip("--only-binary=:all:", "--require-hashes", "-r", quick)
    if said is None and "uv" not in records(site):
        raise Stop("Your pip's settings send packages elsewhere than to .venv. To see them: pip config list",
                   "Les réglages de votre pip envoient les paquets hors de .venv ; voyez : pip config list")
    if said is None:
        uv = module("uv") + ["pip", "install", "--python", python()]        # its cache shares its files:
        said = tell(uv + ["--no-cache"] * bool(lost), "--require-hashes", "-r", pins)    # as damaged as they
    if said is not None:
        say("     The quick way failed; now pip alone.", "     La voie rapide a échoué ; place à pip seul.")
        need(pip("--require-hashes", "-r", pins))
    say("3/3  the course itself", "3/3  le cours lui-même")
    need(pip("--quiet", "--no-deps", "--no-build-isolation", "-e", ROOT))
    stamp.write_text("\n".join([wanted()] + sorted(records(site))))


def need(said):
    """Go on if a step of the installation has not failed; else stop with the message that fits."""
    if said is None:
        return
    if (re.search("No space left|Errno 28|not enough space|quota exceeded", said, re.I)
            or shutil.disk_usage(ROOT / ".venv").free < 20e6):
        raise disk_full()
    if re.search("Retrying|connection|timed out|resolution|unreachable|from versions: none", said, re.I):
        raise Stop("The packages cannot be reached. Is this machine online? Behind a proxy, set HTTPS_PROXY."
                   "\nThen run start.py again.",
                   "Les paquets sont inaccessibles. Êtes-vous en ligne ? Derrière un proxy, définissez "
                   "HTTPS_PROXY.\nPuis relancez start.py.")
    raise Stop("The installation failed; the lines above say why. Once that is mended, run start.py again.",
               "L'installation a échoué ; les lignes ci-dessus disent pourquoi. Puis relancez start.py.")


def disk_full():
    return Stop("The disk is full: the course needs {} MB in {}. Make room, then run start.py again.",
                "Le disque est plein : il faut {} Mo dans {}. Faites de la place, puis relancez start.py.",
                MEGABYTES, ROOT)


# The learner's copies: work/en/04-forget-gate.ipynb and, in work/.origin/en/, the version it was copied from.

def facts(cell):
    """Kind and text of a cell; then what learners add: outputs, attachments, tags, its place among slides."""
    notes = cell.get("metadata", {})
    return (cell.get("cell_type"), "".join(cell.get("source", "")), cell.get("outputs") or [],
            cell.get("attachments") or {}, notes.get("tags") or [], notes.get("slideshow"))


def content(notebook):
    """The facts of a notebook's cells, without the empty ones; None of None."""
    return notebook and [facts(cell) for cell in notebook["cells"] if facts(cell)[1].strip()]


def texts(notebook):
    return notebook and [cell[:2] for cell in content(notebook)]


def read(path):
    """A notebook; None if it is none."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        content(notebook)
        return notebook
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def bare(chapter):
    """A chapter without its outputs: predictions come before results. Of the kernel it says what JupyterLab would."""
    notebook = json.loads(chapter.read_text(encoding="utf-8"))
    if "language_info" in notebook["metadata"]:
        notebook["metadata"]["language_info"]["version"] = "{}.{}.{}".format(*sys.version_info)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return notebook


def write(notebook, path):
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part, words = path.with_suffix(".part"), json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    try:
        part.write_text(words, encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def renewed(mine, old, new):
    """The new version with all that the learner added to the old; None if some of it has no place there."""
    if not old or texts(mine) != texts(old):
        return None
    mine_by, old_by, new_by = ({cell.get("id"): cell for cell in each["cells"]} for each in (mine, old, new))
    old_code, new_code = ([cell for cell in texts(each) if cell[0] == "code"] for each in (old, new))
    for cell in mine["cells"]:
        before, after = (facts(by.get(cell.get("id"), {})) for by in (old_by, new_by))
        if facts(cell)[2:] != before[2:]:
            if facts(cell)[:2] != after[:2] or (cell.get("outputs") and old_code != new_code):
                return None                                 # no place, or the results of other code
    twins = [mine_by.get(cell.get("id"), {}) for cell in new["cells"]]
    cells = [twin if facts(twin)[:2] == facts(cell)[:2] else cell for twin, cell in zip(twins, new["cells"])]
    return dict(new, cells=cells, metadata=dict(mine.get("metadata", {}), **new["metadata"]))


def beside(path, word, ours):
    """The first of `name (word).ipynb`, `name (word 2).ipynb`, … that is free, or just as one of `ours`."""
    number, candidate = 1, path.with_name("{} ({}).ipynb".format(path.stem, word))
    while candidate.exists() and content(read(candidate)) not in map(content, ours):
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


def places(chapter):
    """Where the learner's copy of a chapter lies, and where the version that it was copied from."""
    within = Path(chapter.parent.name, chapter.name)        # en/04-forget-gate.ipynb
    return work() / within, work() / ".origin" / within


def lay_out(language):
    """Copy the chapters into work/, the first one last, never over what the learner wrote, saw or added."""
    laid = []
    for chapter in reversed(notebooks("chapters/" + language)):
        copied, origin = places(chapter)
        mine, old, new = read(copied), read(origin), bare(chapter)
        if not copied.exists():
            write(new, copied)
            laid.append(copied)
        elif texts(new) == texts(old):
            continue                                        # no news: whatever is in it is the learner's
        elif texts(mine) != texts(new):
            ours = renewed(mine, old, new)
            if ours:
                write(ours, copied)
                say("{}: the texts are renewed; you had not changed them.",
                    "{} : les textes sont renouvelés ; vous n'y aviez rien modifié.", copied.name)
            else:
                other = beside(copied, pick("new", "nouveau"), [new, old] if old else [new])
                write(new, other)
                laid.append(other)
                say("{}: yours stays as it is; a newer one lies beside it: {}",
                    "{} : le vôtre reste tel quel ; un plus récent est à côté : {}", copied.name, other.name)
        write(new, origin)
    trust(laid)


def trust(laid):
    """Sign what was just laid out: Jupyter then shows what the learner's own cells make, a second time too."""
    if laid and packages():
        run(*jupyter("nbformat.sign") + laid, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def last(language):
    """The notebook in which the reader was, that is, the one written last; None before the first start."""
    there = sorted((work() / language).glob("*.ipynb"))
    return max(there, key=lambda path: path.stat().st_mtime).name if there else None


def fresh(language, number):
    """Give a fresh copy of one chapter; the learner's is kept under another name."""
    there = {chapter.name[:2]: chapter for chapter in notebooks("chapters/" + language)}
    if number.zfill(2) not in there:
        raise Stop("There is no chapter {}; there are {}.",
                   "Il n'y a pas de chapitre {} ; il y a {}.", number, ", ".join(there))
    chapter = there[number.zfill(2)]
    copied, origin = places(chapter)
    if copied.exists():
        kept = beside(copied, pick("old", "ancien"), [])
        copied.rename(kept)
        say("Your copy is kept: {}", "Votre copie est gardée : {}", kept)
    write(bare(chapter), copied)
    write(bare(chapter), origin)
    trust([copied])
    say("A fresh one:       {}", "Une copie neuve :       {}", copied)


# JupyterLab.

SPEECH = "@jupyterlab/translation-extension:plugin"
LOCALES = {"en": "en", "fr": "fr_FR"}
SETTINGS = {                    # no question about news; widgets are there when a notebook is opened again
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True}}
STYLE = """/* No line ends within a word; the focus is seen; a dead output has one broken chain, not one a part. */
body .jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere }
.jp-Notebook :is(.jp-Cell-outputWrapper, .jp-MarkdownOutput)
  :is(a:focus-visible, summary:focus-visible, audio:focus-within) { outline: 3px solid #0072B2 }
.jp-Notebook [role=group]:focus-visible { outline: 3px solid #0072B2; outline-offset: -3px }
.jupyter-widgets-disconnected .jupyter-widgets-disconnected::before { content: none !important }
"""
LEADS_HERE = "# start.py, from here too. / start.py, d'ici aussi.\nimport runpy\n"


def overrides():
    return work() / ".jupyter" / "labconfig" / "default_setting_overrides.json"


def lab(language, notebook, port):
    """The command that opens a notebook in JupyterLab, whose settings are written, and a start.py into its folder."""
    own, here = work() / ".jupyter", work() / language / "start.py"
    shell = "powershell.exe" if os.name == "nt" else os.environ.get("SHELL") or "sh"
    files = {overrides(): json.dumps(dict(SETTINGS, **{SPEECH: {"locale": LOCALES[language]}})),
             own / "custom" / "custom.css": STYLE}
    if not here.exists() or here.read_text(errors="replace").startswith(LEADS_HERE):        # else it is the reader's
        files[here] = LEADS_HERE + "runpy.run_path({!a}, run_name='__main__')\n".format(str(ROOT / "start.py"))
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    page = "App.default_url=/lab/tree/" + urllib.parse.quote(notebook)
    served = jupyter("jupyterhub.singleuser") + ["--Server" + page] if HUB in os.environ else jupyter("jupyterlab") + [
        "--Lab" + page, "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port={}".format(port or 8888), "--ServerApp.port_retries={}".format(0 if port else 99)]
    return served + [
        "--ServerApp.root_dir={}".format(here.parent), "--Application.log_level=ERROR",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.custom_css=True",
        "--ServerApp.terminado_settings={}".format({"shell_command": [shell]}),     # no login: it would forget .venv
        "--HTMLExporter.language_code=" + language, "--HTMLExporter.mathjax_url=", "--HTMLExporter.require_js_url=",
        "--HTMLExporter.filters={'markdown2html': 'workbook.pages.markdown'}"]


def warn(folder):
    """Say what will trouble the learner: what cannot be written, what hides a module."""
    site = packages() or Path()
    modules = {"lstmlib", "workbook", "course"}.union(sys.stdlib_module_names, (path.stem for path in site.iterdir()))
    for path in [folder.parent, folder] + sorted(folder.parent.iterdir()) + sorted(folder.iterdir()):
        if not os.access(path, os.W_OK):
            if path in (folder.parent, folder):
                raise PermissionError(errno.EACCES, "not writable", str(path))
            say("{} cannot be written: nothing that you do there will be kept.",
                "Impossible d'écrire {} : rien de ce que vous y ferez ne sera gardé.", path)
        if path.stem in modules and (path.suffix == ".py" or (path / "__init__.py").exists()):
            say("{} has the name of a module that Python or the course needs, and may hide it: rename it.",
                "{} porte le nom d'un module utile à Python ou au cours, et peut le cacher : renommez.", path)


def is_free(port):
    with contextlib.suppress(OSError), socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)     # a port just left is free
        probe.bind(("127.0.0.1", port))
        return True


def open_lab(language, notebook, port, browser):
    """Open JupyterLab on a notebook, by default the first, and stay until it ends; return its exit code."""
    if port and not is_free(port):
        raise Stop("Port {} is taken: is JupyterLab open already? To use another: python start.py --port {}",
                   "Le port {} est pris : JupyterLab est-il déjà ouvert ? Pour en prendre un autre : "
                   "python start.py --port {}", port, port + 1 if port < 65535 else 8888)
    own = work() / ".jupyter"
    warn(work() / language)
    command = lab(language, notebook or notebooks("chapters/" + language)[0].name, port)
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")                      # in a container
    say("Opening JupyterLab. To leave: Ctrl+C here.", "Ouverture de JupyterLab. Pour quitter : Ctrl+C ici.")
    own.chmod(0o700)
    variables = dict(environ(), PATH=os.path.dirname(python()) + os.pathsep + os.environ.get("PATH", ""))
    if HUB in os.environ:
        os.chdir(str(work() / language))
        os.execve(command[0], command, variables)           # what the hub sends us goes to the server
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as elsewhere:
        if own.stat().st_mode & 0o77:                       # Jupyter keeps no secrets on such a disk
            variables["JUPYTER_RUNTIME_DIR"] = elsewhere
        running = subprocess.Popen(command, env=variables, cwd=str(work() / language))
        signal.signal(signal.SIGINT, lambda *_: None)       # JupyterLab gets it too, and asks
        signal.signal(signal.SIGTERM, lambda *_: running.terminate())
        code = running.wait()
    if code > 0:
        say("JupyterLab stopped with an error. If nothing else helps, delete .venv and start again.",
            "JupyterLab s'est arrêté sur une erreur. Si rien n'y fait, supprimez .venv et relancez.")
    return code


# The proof.

def test(claims):
    """Run the tests, say how long each part took; return 0 if all passed, else 1."""
    for folder in ("chapters/en", "chapters/fr", "solutions/en", "solutions/fr"):
        notebooks(folder)                                   # an empty one is no success
    pytest = module("pytest") + ["-q", "-n", "2", "--dist", "load" if claims else "loadfile"]
    short = "not 02- and not reber_needs_no_output_gate"    # nearly half of the time: by hand
    parts = {"claims": pytest + ["tests/test_claims.py", "-k", short]} if claims else {
        "library": pytest + ["tests", "--ignore=tests/browser", "--ignore-glob=tests/test_claims*.py"],
        "notebooks": [python(), "tests/notebooks.py", "chapters", "solutions"],
        "freshness": [python(), "-m", "workbook", "build", "--check"]}
    for shake in "1" if claims else "":                     # as on another processor
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
        ("[fr|en]", ("open the course where you were, in the language you say; else in the last one",
                     "ouvre le cours où vous en étiez, dans la langue dite, sinon dans la dernière")),
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
    LANGUAGE[0] = said[0] if said else readers_language()
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
        with alone():
            fresh(LANGUAGE[0], command[1])
        return 0
    if command not in ([], ["test"]) or options.port not in [None] + list(range(1, 65536)):
        parser.error("? " + " ".join(words))
    notebook = last(LANGUAGE[0])
    rest = delegated[2:] if delegated[1:2] == LANGUAGE else delegated[1:]
    with alone():
        install()
        if command != ["test"] and not rest:                # with further words it is about others' work
            lay_out(LANGUAGE[0])
    if delegated:
        return run(*module("workbook") + [delegated[0], LANGUAGE[0]] + rest,
                   cwd=None if rest else str(work() / LANGUAGE[0]))
    if command == ["test"]:
        return test(options.claims)
    return open_lab(LANGUAGE[0], notebook, options.port, not options.no_browser)


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
        place = error.filename or ROOT
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            problem = Stop("Cannot write {}. If it is another user's (one sudo is enough), make it yours; "
                           "else move the course into a folder of your own.",
                           "Impossible d'écrire {}. S'il est à un autre utilisateur (un sudo suffit), "
                           "reprenez-le ; sinon, placez le cours dans un dossier à vous.", place)
        elif error.errno in (errno.EEXIST, errno.ENOTDIR, errno.ELOOP):
            way = list(reversed(Path(place).parents)) + [place]
            place = next((path for path in way if os.path.lexists(path) and not os.path.isdir(path)), place)
            problem = Stop("{} is in the way: the course keeps a folder of that name. Move it elsewhere.",
                           "{} gêne : le cours y tient un dossier de ce nom. Mettez-le ailleurs.", place)
        elif errno.errorcode.get(error.errno) in ("ENOSPC", "EDQUOT"):
            problem = disk_full()
        else:
            raise
    print(problem, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
