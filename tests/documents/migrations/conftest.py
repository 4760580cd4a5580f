"""The models, and the tables, as they were before a migration."""

from collections.abc import Callable, Iterator

import pytest
from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

Migrate = Callable[[str], Apps]


def models_at(name: str) -> Apps:
    """The models as a migration of ``documents`` knows them."""
    loader = MigrationLoader(connection)
    others = [node for node in loader.graph.leaf_nodes() if node[0] != "documents"]
    return loader.project_state([("documents", name), *others]).apps


@pytest.fixture
def migrate(transactional_db: None) -> Iterator[Migrate]:
    """Brings the tables to a migration of ``documents`` and gives the models as they are there."""

    def to(name: str) -> Apps:
        MigrationExecutor(connection).migrate([("documents", name)])
        return models_at(name)

    yield to
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
