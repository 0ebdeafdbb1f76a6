"""A class on one machine. JupyterHub runs start.py for each reader, and their work lies in their own home.

    .venv/bin/jupyterhub -f guide/jupyterhub_config.py
"""
import sys
from pathlib import Path

c = get_config()  # noqa: F821 – JupyterHub's
c.Authenticator.allow_all = True                            # whoever has an account on this machine
c.Spawner.cmd = [sys.executable, str(Path(__file__).resolve().parent.parent / "start.py"), "en"]    # or "fr"
c.Spawner.environment = {"COURSE_WORK": "~/lstm"}
c.Spawner.start_timeout = c.Spawner.http_timeout = 300      # seconds: a whole class arrives at once
c.JupyterHub.cleanup_servers = False                        # the hub may restart; readers' kernels go on
