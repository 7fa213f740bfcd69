"""The shapes of mentions, as patterns over codes."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilaterals.extract.chunks import AHEAD, PATTERNS


@pytest.mark.parametrize("name", AHEAD)
def test_what_is_looked_for_ahead_rules_out_no_match(name: str) -> None:
    pattern = re.compile(PATTERNS[name].replace("{visits}", "v"))
    written = st.from_regex(pattern.pattern.replace("}+", "}"))  # hypothesis reads no possessive repeats

    @settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(written)
    def check(codes: str) -> None:
        found = pattern.search(codes)
        assert found is None or re.compile(AHEAD[name]).match(codes, found.start()), f"{name} matches {found[0]!r}"

    check()
