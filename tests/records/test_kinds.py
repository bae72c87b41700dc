from __future__ import annotations

import re

import pytest

from briefing.records.kinds import (
    CLAIM_FIELDS,
    COMMON_FIELDS,
    KINDS,
    LIBRARY_FIELDS,
    LINK_FIELDS,
    MENTION,
    SECTION_FIELDS,
    Field,
    Type,
    is_kind,
    kind_named,
    relation_field,
)
from briefing.records.parts import table_of

GROUPS = [COMMON_FIELDS, CLAIM_FIELDS, SECTION_FIELDS, LINK_FIELDS, LIBRARY_FIELDS, *(kind.fields for kind in KINDS)]
FIELDS = [field for group in GROUPS for field in group]


def test_the_sections_of_the_tree_stand_in_the_order_of_the_design() -> None:
    assert [kind.section for kind in KINDS] == [
        "Countries",
        "Dialogues",
        "Technology areas",
        "Organisations",
        "People",
        "Meetings and events",
        "Commitments",
        "Sources",
        "Briefing notes",
    ]


def test_no_kind_has_two_fields_of_one_name() -> None:
    for kind in KINDS:
        names = [field.name for field in kind.all_fields]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_has_what_its_type_asks_for(field: Field) -> None:
    assert re.fullmatch("[a-z][a-z_]*", field.name)
    assert field.label
    assert field.help.endswith(".")
    assert bool(field.choices) == (field.type is Type.CHOICE)
    assert (field.limits[1] > 0) == (field.type is Type.NUMBER)
    assert all(is_kind(kind) for kind in field.kinds)
    if field.inverse or field.kinds:
        assert field.is_relation


@pytest.mark.parametrize("group", GROUPS)
def test_every_field_can_be_read(group: tuple[Field, ...]) -> None:
    assert list(table_of(group).fields) == [field.name for field in group]


def test_a_field_that_makes_a_relation_has_a_name_from_both_ends() -> None:
    relations = [field for group in GROUPS if group is not LIBRARY_FIELDS for field in group if field.is_relation]
    assert [field.name for field in relations if not field.inverse] == []


def test_a_kind_is_found_by_its_name() -> None:
    for kind in KINDS:
        assert is_kind(kind.name)
        assert kind_named(kind.name) is kind
    assert not is_kind("contry")
    with pytest.raises(KeyError, match="contry"):
        kind_named("contry")


def test_a_field_is_found_in_its_kind() -> None:
    event = kind_named("event")
    date, title = event.field("date"), event.field("title")
    assert date is not None
    assert (date.name, date.type) == ("date", Type.DATE)
    assert title in COMMON_FIELDS
    assert event.field("iso") is None


def test_a_relation_leads_back_to_the_field_that_made_it() -> None:
    assert relation_field("dialogue", "members").inverse == "Member of"
    assert relation_field("dialogue", "see_also").inverse == "Referred to by"
    assert relation_field("note", "mentions") is MENTION
    assert relation_field("note", "claims.source").inverse == "Source of"
    assert relation_field("note", "claims.about").kinds == ()
    with pytest.raises(KeyError, match="members"):
        relation_field("note", "members")


def test_the_kinds_that_nest_do_so_by_a_field_of_their_own_kind() -> None:
    for kind in KINDS:
        if kind.nested_by:
            field = kind.field(kind.nested_by)
            assert field is not None
            assert (field.type, field.kinds) == (Type.REF, (kind.name,))
