"""`ansinh dossiers export` and `import`: a package out, a receipt for each dossier in."""
import json

from ansinh.cli import main
from ansinh.dossiers.models import Dossier, Paper


def test_a_package_goes_out_and_comes_in_with_a_receipt(as_account, officer, whole, tmp_path, capsys):
    as_account(officer)
    assert main(["dossiers", "export", "TB-01187", "--to", str(tmp_path / "goi.zip")]) == 0
    Dossier.objects.filter(pk=whole.pk).update(code="khác")
    Paper.objects.update(archive_code="")
    capsys.readouterr()
    assert main(["dossiers", "import", str(tmp_path / "goi.zip"), "--json"]) == 0
    (line,) = json.loads(capsys.readouterr().out)["receipt"]
    assert (line["code"], line["state"], line["link"], line["proved"]) == ("TB-01187", "checked", "nobody", 0)
    assert main(["dossiers", "import", str(tmp_path / "goi.zip")]) == 1
    assert "Số hồ sơ đã có trong sổ" in capsys.readouterr().err
