from pathlib import Path

import pytest

from ocrsite import serve


def test_a_second_site_on_the_same_data_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    with serve.only_one(tmp_path), pytest.raises(SystemExit, match=r"is running on .* already"):
        serve.only_one(tmp_path)
    with serve.only_one(tmp_path):
        pass


def test_each_part_has_a_scratch_folder_of_its_own(tmp_path: Path) -> None:
    workers = [serve.worker(1, tmp_path), serve.worker(2, tmp_path)]
    parts = [serve.web(17, tmp_path), *workers, serve.watcher(tmp_path)]
    names = ("web", "worker-1", "worker-2", "watch")
    assert [part.scratch for part in parts] == [tmp_path / name for name in names]


def test_the_web_server_is_given_the_open_socket(tmp_path: Path) -> None:
    part = serve.web(17, tmp_path)
    assert part.files == [17]
    assert "fd://17" in part.command
