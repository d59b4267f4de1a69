"""LibreOffice without a window, which recalculates every formula of what it loads."""

import os
import pathlib
import subprocess
import tempfile

# 0: always recalculate; 1: never; 2: ask.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>%d</value></prop></item>
</oor:items>
"""


def convert(paths, to, folder, recalculate=True):
    """Converts files; gives the paths of what came out."""
    with tempfile.TemporaryDirectory() as profile:
        user = pathlib.Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(PROFILE % (0 if recalculate else 1))
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", to]
        # The names may be odd: nothing that a name says is an option.
        command += ["--outdir", str(folder)] + [os.path.abspath(path) for path in paths]
        done = subprocess.run(command, capture_output=True, text=True, timeout=580)
    ending = to.split(":")[0]
    made = [pathlib.Path(folder, pathlib.Path(path).stem + "." + ending) for path in paths]
    missing = [str(path) for path in made if not path.exists()]
    if missing:
        raise SystemExit(f"soffice made nothing of {missing}: {done.stdout} {done.stderr}")
    return made
