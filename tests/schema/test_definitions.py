"""The field table itself: whole, consistent, and the only place where a column is defined."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bilaterals.schema import TABLES, VOCABULARIES
from bilaterals.schema.export import render_schemas, write_schemas

FIELDS = [field for table in TABLES.values() for field in table.fields]
ROOT = Path(__file__).parents[2]


def test_tables_stand_in_the_order_of_publication():
    assert list(TABLES) == [
        "events",
        "participants",
        "points",
        "event_domains",
        "links",
        "documents",
        "evidence",
        "people",
        "offices",
        "countries",
        "domains",
        "changes",
        "issues",
    ]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field.table}.{field.name}")
def test_a_column_is_described_and_its_example_fulfils_its_own_rules(field):
    assert field.description.endswith(".")
    assert field.source
    if field.cell_pattern:
        assert re.search(field.cell_pattern, field.example)
    if field.vocabulary and not field.separator:
        assert field.example in VOCABULARIES[field.vocabulary].values
    if field.minimum is not None:
        assert int(field.example) >= field.minimum


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_foreign_keys_lead_to_columns_that_exist(table):
    for key in table.foreign_keys:
        assert key.references in TABLES[key.table].columns


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=lambda vocabulary: vocabulary.name)
def test_every_value_of_a_vocabulary_has_a_definition_and_an_example(vocabulary):
    for value in vocabulary.values.values():
        assert value.definition
        assert value.example
        assert "; " not in value.value


def test_codes_in_vocabularies_are_those_of_plover_and_cameo():
    events, modes, cameo = (VOCABULARIES[name].values for name in ("plover_event", "plover_mode", "cameo"))
    for name in ("event_type", "status", "mode", "setting"):
        for value in VOCABULARIES[name].values.values():
            assert value.cameo is None or value.cameo in cameo
            assert value.plover is None or value.plover in {*events, *modes}


def test_every_vocabulary_is_used():
    assert {field.vocabulary for field in FIELDS} - {None} == set(VOCABULARIES)


def test_generated_schemas_are_not_stale():
    generated = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").iterdir()}
    assert generated == render_schemas(), "run: python -m bilaterals.schema.export schemas"


def test_writing_schemas_takes_those_of_former_tables_away(tmp_path):
    (tmp_path / "former.schema.json").write_text("{}", encoding="utf-8")
    written = write_schemas(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(written)


def test_importing_the_definitions_imports_no_heavy_library():
    code = (
        "import sys, bilaterals.schema as s; s.TABLES, s.json_schema('events');"
        "print([m for m in ('pandas', 'pyarrow', 'pandera', 'numpy') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
