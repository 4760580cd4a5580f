"""Sites that a test starts, and the people on them."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.outside import redis
from tests.people import Person
from tests.sites import PEOPLE, Prepared, Site, running_site


@pytest.fixture
def site(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site that the test may mistreat. Its queue is the database's, but for the parameter ``broker``."""
    folder = tmp_path_factory.mktemp("site")
    environment = {}
    with ExitStack() as stack:
        if getattr(request, "param", "database") == "broker":
            environment["OCRSITE_BROKER_URL"] = f"redis://127.0.0.1:{stack.enter_context(redis(folder))}/0"
        yield stack.enter_context(running_site(prepared.with_people, folder / "data", **environment))


@pytest.fixture
def ann(site: Site) -> Person:
    return Person(site, PEOPLE[0])


@pytest.fixture
def ben(site: Site) -> Person:
    return Person(site, PEOPLE[1])
