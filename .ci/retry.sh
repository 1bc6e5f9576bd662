# What is run a second time when it failed, and the names of what passed only then. Sourced by .ci/run.
# A busy machine can make two things at once too slow for a test that waits; what is really broken fails alone too.
rescued=()
# Tests at a time. Two left the processors idle for a fifth of the time, by CPU time and length of a run: three fill it. Not measured alone.
workers=3

# The names of what pytest saw failing last, sorted.
last_failed() {
    python -c '
import json, pathlib
path = pathlib.Path(".pytest_cache/v/cache/lastfailed")
print(*sorted(json.loads(path.read_text()) if path.exists() else ()), sep="\n")'
}

# Tests by a command, several at a time; then what failed (`first`), once more and one at a time. That says nothing of tests that did
# not run: pytest ends with 1 when some failed, and with 2 when it was stopped.
run_and_rerun() {
    local code=0
    "$@" --numprocesses="$workers" --dist=worksteal || code=$?
    [ "$code" = 1 ] || return "$code"
    first=$(last_failed)
    say 'what failed, once more and one at a time'
    "$@" --last-failed --last-failed-no-failures=none
}

# All tests.
run_tests() {
    local code=0 first='' name
    run_and_rerun python -m pytest --durations=15 "$@" || code=1
    while read -r name; do
        [ -z "$name" ] || rescued+=("$name")
    done < <(LC_ALL=C comm -23 <(echo "$first") <(last_failed))
    return "$code"
}

# Any other command, a second time when it fails.
run_twice() {
    "$@" && return
    "$@" && rescued+=("$*")
}

# A line for each name, in the form that GitHub shows on the change where it runs there.
print_rescued() {
    local name prefix='warning: '
    [ -z "${GITHUB_ACTIONS:-}" ] || prefix='::warning::'
    for name in ${rescued[@]+"${rescued[@]}"}; do
        [ -z "${GITHUB_ACTIONS:-}" ] || name=${name//%/%25}
        printf '%sfailed at first and passed the second time: %s\n' "$prefix" "$name"
    done
}
