"""What a person met and stumbled over, row by row, and the test that holds each row today.

The rows are those of a list made by walking through the tool as a new user: worst first (W), statements of the pages (D), the
terminal (T), the drawn and the review page (P). The 62 failures are in tests/tasks/test_failures.py, the 60 sentences in
tests/docs/test_words.py; both count them. A row whose mend is a sentence of a page has it in `SENTENCES`.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from support import known_tests

from supabase_tasks.tasks import build

ROOT = Path(__file__).parents[2]
FAILURES = "tasks/test_failures.py::test_a_failure_says_its_cause_and_one_next_step"
ASKED = "tasks/test_dialogue.py::test_everything_is_asked_in_one_go_and_the_answers_are_given_as_a_command"
BROWSER = "draw/test_pages_in_browser.py::"
DIAGRAM = f"{BROWSER}test_the_whole_diagram_fits_and_nothing_is_cut_off"
TASKS_LISTED = "tasks/test_failures.py::test_bare_and_list_show_tasks_in_order_of_use_and_where_to_start"
HERE = "docs/test_reader_rows.py::"
SENTENCE = f"{HERE}test_a_sentence_of_a_page_is_there"
ROWS = {
    "W1": "flow/importing/test_target.py::test_a_module_that_is_there_is_not_hidden",
    "W2": "ground/test_database_url.py::test_a_character_that_is_not_encoded_is_named",
    "W3": "tasks/test_dialogue.py::test_unattended_all_questions_come_at_once_and_the_next_step_answers_them",
    "W4": "flow/test_review.py::test_what_the_migration_does_not_touch_is_not_on_the_page",
    "W5": "nx/test_shim.py::test_a_named_input_of_an_earlier_version_is_replaced",
    "W6": SENTENCE,
    "W7": "cli/test_output.py::test_lines",
    "W8": "tasks/test_failures.py::test_a_dry_run_of_an_empty_migration_writes_nothing",
    "W9": "tasks/test_adopt.py::test_an_answer_of_no_is_told_as_nothing_written",
    "W10": f"{HERE}test_a_command_in_a_message_exists",
    "W11": "flow/importing/test_target.py::test_a_new_subpackage_of_a_package_that_exists",
    "W12": FAILURES,
    "W13": "tasks/test_dialogue.py::test_unquoted_text_as_a_default_is_named_and_quoted",
    "W14": "ground/test_console.py::test_progress_outside_a_terminal_is_a_line_once_it_lasts",
    "W15": f"{HERE}test_a_command_in_a_message_exists",
    "D1": SENTENCE,
    "D2": SENTENCE,
    "D3": "nx/test_run.py::test_the_reference_application_by_its_documented_names",
    "D4": "docs/test_troubleshooting.py::test_the_message_exists",
    "D5": SENTENCE,
    "D6": FAILURES,
    "D7": "tasks/test_failures.py::test_parse_errors_are_one_json_document",
    "D8": SENTENCE,
    "D9": SENTENCE,
    "D10": "flow/test_diagram.py::test_it_draws_what_is_missing_and_check_notices_a_change",
    "D11": SENTENCE,
    "D12": SENTENCE,
    "D13": SENTENCE,
    "D14": SENTENCE,
    "D15": "ledger/test_check.py::test_an_empty_ref_is_no_default_branch",
    "D16": "docs/test_ci.py::test_every_shell_of_the_page_has_a_script",
    "D17": SENTENCE,
    "D18": SENTENCE,
    "D19": "flow/importing/test_run.py::test_files_that_are_there_are_not_overwritten",
    "D20": "flow/importing/test_target.py::test_a_new_subpackage_of_a_package_that_exists",
    "D21": "docs/test_adopting.py::test_the_run_is_what_happens",
    "D22": "adopt/test_next_steps.py::test_what_npm_installs_is_kept_out_of_git",
    "D23": "cli/test_output.py::test_lines",
    "D24": "guard/test_link.py::test_a_name_is_known_after_one_link",
    "D25": "hosted/test_secrets.py::test_a_password_in_a_url_is_as_secret",
    "D26": "hosted/test_reset.py::test_needs_the_ref_and_knows_no_yes",
    "D27": "hosted/test_squash.py::test_a_targets_ledger_is_repaired_in_the_same_step",
    "D28": "tasks/test_failures.py::test_without_git_the_check_says_so",
    "D29": "diff/test_renames.py::test_sequences_go_with_their_columns_and_nothing_is_asked",
    "D30": "draw/test_changed.py::test_the_order_of_privileges_is_no_change",
    "D31": "lint/rules/test_rules.py::test_good_sql_is_not_found",
    "D32": SENTENCE,
    "D33": "app/test_schema.py::test_the_drawing_counts_the_tables_as_the_reset_does",
    "D34": SENTENCE,
    "D35": "postgres/test_idle.py::test_servers_of_a_project_that_was_renamed_are_listed_and_stopped",
    "T1": ASKED,
    "T2": "tasks/test_dialogue.py::test_new_takes_what_its_answer_needs",
    "T3": "tasks/test_dialogue.py::test_an_unclear_key_gets_a_word_and_arrows_and_letters_move",
    "T4": "tasks/test_dialogue.py::test_an_unclear_key_gets_a_word_and_arrows_and_letters_move",
    "T5": "tasks/test_dialogue.py::test_a_way_out_loses_no_answer",
    "T6": ASKED,
    "T7": ASKED,
    "T8": "diff/test_renames.py::test_sequences_go_with_their_columns_and_nothing_is_asked",
    "T9": "hosted/test_terminal.py::test_staging_asks_yes_or_no",
    "T10": "hosted/test_terminal.py::test_staging_asks_yes_or_no",
    "T11": "guard/test_confirmation.py::test_the_question_never_shows_the_whole_ref_to_be_typed",
    "T12": "hosted/test_terminal.py::test_production_asks_for_its_ref",
    "T13": "ground/test_table_layout.py::test_no_word_is_cut_and_a_box_fits",
    "T14": "tasks/test_local.py::test_reset_replays_seeds_and_says_where_to_connect",
    "T15": "ground/test_console.py::test_progress_outside_a_terminal_is_a_line_once_it_lasts",
    "T16": "draw/test_review.py::test_hazards_come_in_order_of_harm_with_rows_where_known",
    "T17": "ground/test_table_layout.py::test_no_colour_keeps_the_box_and_a_dumb_terminal_has_none",
    "T18": "ground/test_table_layout.py::test_no_colour_keeps_the_box_and_a_dumb_terminal_has_none",
    "T19": "ground/test_console.py::test_a_table_in_a_pipe_is_plain",
    "T20": "hosted/test_push.py::test_the_plan_carries_the_hazards_of_the_sql",
    "T21": "tasks/test_local.py::test_a_failing_migration_is_told_once_with_file_and_line",
    "T22": TASKS_LISTED,
    "T23": "tasks/test_schema.py::test_diff_is_empty_when_equal_and_sql_when_not",
    "T24": "tasks/test_database.py::test_advisors_leave_out_indexes_that_were_not_used_yet",
    "T25": "tasks/test_local.py::test_start_fills_a_new_database_and_restart_keeps_rows",
    "T26": "guard/test_statements.py::test_the_difference_is_none_where_only_blanks_between_statements_differ",
    "P1": "flow/test_review.py::test_what_the_migration_does_not_touch_is_not_on_the_page",
    "P2": "draw/test_sidebyside.py::test_what_changed_within_a_line_is_marked",
    "P3": "draw/test_review.py::test_hazards_come_in_order_of_harm_with_rows_where_known",
    "P4": f"{BROWSER}test_a_review_of_three_hundred_tables_is_usable_and_prints",
    "P5": f"{BROWSER}test_headings_landmarks_and_labels_of_both_pages",
    "P6": "draw/test_review.py::test_it_says_where_the_change_comes_from",
    "P7": "flow/test_review.py::test_without_a_change_there_is_no_page_and_that_is_said",
    "P8": f"{BROWSER}test_the_diagram_zooms_and_is_dragged",
    "P9": f"{BROWSER}test_every_hit_is_found_and_counted",
    "P10": f"{BROWSER}test_a_compared_diagram_is_whole_and_shows_only_what_changes",
    "P11": f"{BROWSER}test_headings_landmarks_and_labels_of_both_pages",
    "P12": DIAGRAM,
    "P13": "draw/test_diagram_changes.py::test_cards_hold_indexes_policies_enums_views_and_functions",
    "P14": f"{BROWSER}test_of_three_hundred_tables_the_references_of_one_stand_out",
    "P15": f"{BROWSER}test_an_embedded_picture_is_in_the_scheme_of_the_page_around_it",
    "P16": "draw/test_mermaid.py::test_a_picture_that_mermaid_refuses_says_so_and_what_draws_it",
    "P17": "app/test_schema.py::test_the_drawing_counts_the_tables_as_the_reset_does",
    "P18": f"{BROWSER}test_what_is_closed_is_printed",
}
NUMBERS = {"W": 15, "D": 35, "T": 26, "P": 18}
# What the page has to have, and what it must not have (a star: nothing).
SENTENCES = {
    "W6": ("README.md", "0.1.0 is not published yet", "*"),
    "D1": ("docs/ci.md", "Until 0.1.0 is published", "*"),
    "D2": ("README.md", "after `npm ci`: `npx nx run", "(`nx run"),
    "D5": ("README.md", "whether it holds rows or not", "something that holds rows"),
    "D8": ("README.md", "take the lines that you need, the values are examples", "*"),
    "D9": ("supabase_tasks/tasks/schema.py", "default: models", "*"),
    "D11": ("CONTRIBUTING.md", "inv bench --out bench   # the full run; writes bench/RESULTS.md", "*"),
    "D12": ("CONTRIBUTING.md", "install scripts that it did not run", "*"),
    "D13": ("CONTRIBUTING.md", "without root it is skipped", "*"),
    "D14": ("docs/ci.md", "2 (`supabase-db-drift-…`", "ends with 0, 1 or 3"),
    "D17": ("docs/ci.md", "each run adds the script again. `supabase-tasks --print-completion-script", "*"),
    "D18": ("docs/ci.md", "repo: REPOSITORY # the address that you clone supabase-tasks from", "example.com"),
    "D32": ("CONTRIBUTING.md", "UPDATE_EXPECTED=1 pytest tests/lint/rules` writes `bad.txt`", "WRITE_SNAPSHOTS"),
    "D34": ("README.md", "in this repository nothing is missing", "writes what is missing"),
}
_COMMAND = re.compile(
    r"\b(?:inv|supabase-tasks) (?:--help )?((?:schema|supabase|migrations|nx|doctor|init)[a-z]*(?:-[a-z]+)*)(?![a-z-])"
)


def test_every_row_is_held() -> None:
    assert list(ROWS) == [f"{letter}{number + 1}" for letter, count in NUMBERS.items() for number in range(count)]
    assert {row for row, test in ROWS.items() if test == SENTENCE} == set(SENTENCES)


@pytest.mark.parametrize("test", sorted(set(ROWS.values())))
def test_the_test_of_a_row_exists(test: str) -> None:
    assert known_tests.is_there(test)


@pytest.mark.parametrize("row", SENTENCES)
def test_a_sentence_of_a_page_is_there(row: str) -> None:
    page, needed, forbidden = SENTENCES[row]
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split())
    assert " ".join(needed.split()) in text
    assert forbidden == "*" or forbidden not in text


def test_the_way_to_install_an_unpublished_version_is_in_one_place() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    naming = {page.name for page in pages if "supabase-tasks[standard] @ git+$" in page.read_text(encoding="utf-8")}
    assert naming == {"README.md"}


def test_a_command_in_a_message_exists() -> None:
    """In every text of the package: a message that names a task which is not there sends people into the void."""
    known = set(build().task_names)
    targets = re.compile(r"-(?:staging|prod)(-public)?$")
    # `inv supabase-db-push-{name}`: the rest is the target's name.
    stems = {targets.sub("", name) for name in known} | {"supabase-migration", "supabase-db", "supabase-db-dump"}
    unknown = []
    for path in (ROOT / "supabase_tasks").rglob("*.py"):
        for text in strings(path):
            unknown += [f"{path.name}: {name}" for name in _COMMAND.findall(text) if name not in known | stems]
            # Without a tasks.py there is no `inv`.
            unknown += [f"{path.name}: inv init"] * ("inv init" in text)
    assert unknown == []


def strings(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    # Most modules name no command.
    tree = ast.parse(source if "inv" in source or "supabase-tasks" in source else "")
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
