"""Sites that a test starts, and the people on them."""

from collections.abc import Iterator

import pytest

from tests.people import Person
from tests.sites import PEOPLE, Prepared, Site, running_site


@pytest.fixture
def site(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that the test may mistreat."""
    with running_site(prepared.with_people, tmp_path_factory.mktemp("site") / "data") as site:
        yield site


@pytest.fixture
def ann(site: Site) -> Person:
    return Person(site, PEOPLE[0])


@pytest.fixture
def ben(site: Site) -> Person:
    return Person(site, PEOPLE[1])
