# What is run a second time when it failed, and the names of what passed only then. Sourced by .ci/run.
# A busy machine can make two things at once too slow for a test that waits; what is really broken fails alone too.
rescued=()

# The names of what pytest saw failing last, sorted.
last_failed() {
    python -c '
import json, pathlib
path = pathlib.Path(".pytest_cache/v/cache/lastfailed")
print(*sorted(json.loads(path.read_text()) if path.exists() else ()), sep="\n")'
}

# All tests, two at a time; then what failed, once more and one at a time.
run_tests() {
    local code=0 name first
    python -m pytest --numprocesses=2 --dist=worksteal --durations=15 "$@" && return
    first=$(last_failed)
    say 'what failed, once more and one at a time'
    python -m pytest --last-failed --last-failed-no-failures=none "$@" || code=1
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
