import re

from django.test import Client
from django.urls import reverse

from accounts.models import User


def test_it_is_served_from_here_without_inline_scripts(client: Client, db: None) -> None:
    answer = client.get("/api/v1/reference")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "/api/v1/openapi.json" in page
    assert re.findall(r"src=\"(?!/static/)|href=\"(?!/)", page) == []
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert not content or 'type="application/json"' in attributes  # data, which no browser runs
    assert "<style" not in page
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_there_is_a_way_back(client: Client, owner: User) -> None:
    tokens = f'href="{reverse("api_tokens")}"'
    page = client.get("/api/v1/reference").content.decode()
    assert f'href="{reverse("archive")}"' in page
    assert tokens not in page
    client.force_login(owner)
    assert tokens in client.get("/api/v1/reference").content.decode()
