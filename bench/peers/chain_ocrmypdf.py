"""The same batch through OCRmyPDF: text and PDF/A only, one call for each dossier, one thread, the same engine and model."""
import json
import subprocess
import sys
from pathlib import Path

OCRMYPDF = Path(sys.executable).with_name("ocrmypdf")
HOW = ("-l", "vie", "--output-type", "pdfa", "--pdfa-backend", "internal", "--jobs", "1", "--quiet")


def main(folder: Path, out: Path):
    out.mkdir(exist_ok=True)
    files = sorted(folder.glob("*.pdf"))
    for file in files:
        subprocess.run([OCRMYPDF, *HOW, file, out / file.name], check=True)
    print(json.dumps({"files": len(files), "bytes": sum(file.stat().st_size for file in out.iterdir())}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
