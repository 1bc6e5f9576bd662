# The packages of .venv, and the other Pythons of this machine: the quick tests and the main job from a wheel. Sourced by .ci/run.

# What this repository needs, into .venv; by uv, as below.
install_python_packages() {
    python -m pip install --quiet 'uv>=0.9' && uv pip install --quiet --python .venv/bin/python --editable '.[dev]' && return
    echo "warning: not by uv (above), but by pip"
    python -m pip install --quiet --editable '.[dev]'
}

# The interpreter of a minor version, on PATH or among pyenv's; nothing when there is none.
find_minor() {
    local candidate
    for candidate in "python3.$1" "$HOME"/.pyenv/versions/3."$1".*/bin/python; do
        if "$candidate" -c "import sys, venv; sys.exit(sys.version_info[:2] != (3, $1))" 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

# A virtual environment of a Python with what is named after it: `make_environment FOLDER PYTHON ARGUMENTS…`. uv needs two seconds
# of CPU time for what venv and pip need 35 for; where it does not reach the index they do.
make_environment() {
    local folder=$1 python=$2
    shift 2
    uv venv --quiet --python "$python" "$folder" && uv pip install --quiet --python "$folder/bin/python" "$@" && return
    echo "warning: not by uv (above), but by pip"
    rm -rf "$folder"
    [ "$1" != --resolution=lowest-direct ] || shift
    "$python" -m venv "$folder" && "$folder/bin/python" -m pip install --quiet "$@"
}

# In an environment of its own, with the wheel and not this folder: what an installation gives. The lowest Python has the lowest
# versions of what the package depends on: that its bounds are right is tried nowhere else.
run_main_job() {
    local python=$1 wheel=$2 folder code=0
    shift 2
    folder=$(mktemp -d)
    {
        make_environment "$folder/venv" "$python" "$@" "$wheel[standard]" &&
            git clone --quiet . "$folder/clone" &&
            # The wheel counts, not the package of the clone.
            rm -r "$folder/clone/supabase_tasks" &&
            # That npm brings the CLI is tested elsewhere.
            ln -s "$PWD/node_modules" "$folder/clone/node_modules" &&
            (cd "$folder/clone" && SUPABASE_TASKS_CACHE="$folder/state" SUPABASE_TASKS_LOCAL=embedded \
                "$folder/venv/bin/inv" schema-generate supabase-db-reset)
    } || code=1
    (cd "$folder/clone" && SUPABASE_TASKS_CACHE="$folder/state" "$folder/venv/bin/inv" supabase-stop >/dev/null) || true
    rm -rf "$folder"
    return "$code"
}

# The quick part of the tests, while other parts of the run keep the processors busy.
run_quick_tests() {
    local python=$1 folder code=0 first
    folder=$(mktemp -d)
    {
        make_environment "$folder" "$python" --editable '.[dev]' &&
            PATH="$folder/bin:$PATH" workers=2 run_and_rerun "$folder/bin/python" -m pytest -m 'not server' -o cache_dir="$folder/cache"
    } || code=1
    rm -rf "$folder"
    return "$code"
}

run_other_pythons() {
    local minor python wheels lowest code=0
    wheels=$(mktemp -d)
    python -m pip wheel --quiet --no-deps --wheel-dir "$wheels" . || return
    for minor in 11 12 13; do
        python=$(find_minor "$minor")
        if [ -z "$python" ]; then
            echo "Python 3.$minor is not on this machine: left out"
            continue
        fi
        lowest=()
        [ "$minor" != 11 ] || lowest=(--resolution=lowest-direct)
        echo "-- Python 3.$minor: the main job from the wheel${lowest:+, with the lowest versions}"
        run_main_job "$python" "$(echo "$wheels"/*.whl)" ${lowest[@]+"${lowest[@]}"} || code=1
        [ "$minor" = 11 ] && continue
        echo "-- Python 3.$minor: the quick tests"
        run_quick_tests "$python" || code=1
    done
    rm -rf "$wheels"
    return "$code"
}
