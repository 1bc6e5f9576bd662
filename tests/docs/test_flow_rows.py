"""What was found about the flow while the tool was used as a person does, and the test that holds each row today.

The numbers are those of the list of 34; 1 to 16 are faults of data, replay and the CLI, held where those are tested. These are
the ones about what a person reads.
"""

from __future__ import annotations

import pytest
from support import known_tests

ROWS = {
    17: ["tasks/test_local_truth.py::test_names_with_blanks_are_reported"],
    18: ["ledger/test_psql_commands.py::test_what_only_psql_runs_is_found_with_its_line"],
    19: ["tasks/test_local_truth.py::test_a_malformed_dotenv_file_is_one_line_with_file_and_line"],
    20: ["models/test_loading.py::test_what_the_models_print_goes_to_standard_error"],
    21: ["attack/test_display.py::test_a_terminal_of_another_encoding_is_no_failure"],
    22: ["attack/test_local_access.py::test_what_is_kept_is_closed_to_others_whatever_the_umask"],
    23: [
        "nx/test_run.py::test_arguments_keep_their_quoting",
        "nx/test_shim.py::test_a_target_that_forwarded_its_arguments_through_the_shell_is_replaced",
    ],
    24: ["ground/test_settings.py::test_the_settings_next_to_the_task_file_that_invoke_was_told"],
    25: [
        "adopt/test_managers.py::test_the_package_manager_and_how_it_adds_the_plugin",
        "nx/test_shim.py::test_the_indentation_of_the_file_is_kept",
    ],
    26: [
        "cli/test_asked_for.py::test_the_version_of_a_lock_file_next_to_it_or_above",
        "cli/test_asked_for.py::test_the_workspace_root_asks_for_a_project_that_does_not",
    ],
    27: ["flow/test_doctor.py::test_models_that_cannot_be_imported_are_a_problem"],
    28: ["flow/test_review.py::test_what_the_migration_does_not_touch_is_not_on_the_page"],
    29: ["diff/test_proof.py::test_a_plan_that_postgresql_refuses_says_whose_fault_it_is"],
    30: ["diff/test_plan.py::test_each_file_counts_its_own_changes"],
    31: [
        "tasks/test_database.py::test_advisors_leave_out_indexes_that_were_not_used_yet",
        "app/test_advised.py::test_supabases_advisors",
    ],
    32: [
        "app/test_advised.py::test_our_linter_and_squawk",
        "lint/test_baseline.py::test_what_is_known_is_reported_no_more",
    ],
    33: [
        "flow/importing/test_hundred_tables.py::test_modules_are_domains_of_few_hundred_lines",
        "flow/importing/test_readable.py::test_a_condition_is_written_as_a_person_would",
        "flow/importing/test_readable.py::test_a_computed_column_is_written_as_a_person_would",
    ],
    34: [
        "postgres/test_idle.py::test_it_ends_after_the_command_was_killed_and_starts_again",
        "postgres/test_idle.py::test_the_local_server_stays",
        "postgres/test_idle.py::test_all_servers_of_all_projects_are_listed_and_stopped",
    ],
}
HELD = sorted(test for tests in ROWS.values() for test in tests)


def test_every_row_is_held() -> None:
    assert list(ROWS) == list(range(17, 35))


@pytest.mark.parametrize("test", HELD)
def test_the_test_of_a_row_exists(test: str) -> None:
    assert known_tests.is_there(test)
