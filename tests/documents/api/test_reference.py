import re

from django.test import Client


def test_it_is_served_from_here_without_inline_scripts(client: Client, db: None) -> None:
    answer = client.get("/api/v1/reference")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "/api/v1/openapi.json" in page
    assert re.findall(r"(?:src|href)=\"(?!/static/)", page) == []
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert not content or 'type="application/json"' in attributes  # data, which no browser runs
    assert "<style" not in page
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
