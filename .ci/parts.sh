# The parts of a run and how long each took; what runs beside the others meanwhile. Sourced by .ci/run.
parts=()
part=
began=0

# The heading of the next part.
say() {
    end_part
    part=$* began=$SECONDS
    printf '\n== %s\n' "$*"
}

end_part() {
    [ -z "$part" ] || parts+=("$(printf '%6d s  %s' $((SECONDS - began)) "$part")")
    part=
}

print_parts() {
    end_part
    printf '\n== how long each part took\n'
    printf '%s\n' ${parts[@]+"${parts[@]}"}
    printf '%6d s  all\n' "$SECONDS"
}

# A command in the background, with what the others leave of the processors: `aside NAME COMMAND…`. It ends with the script.
asides=$(mktemp -d)
aside() {
    local folder=$asides/$1
    shift
    mkdir "$folder"
    (
        renice -n 10 "$BASHPID" >/dev/null 2>&1 || true
        began=$SECONDS code=0
        "$@" >"$folder/output" 2>&1 || code=$?
        echo $((SECONDS - began)) >"$folder/seconds"
        exit "$code"
    ) &
    echo $! >"$folder/pid"
}

# Its output, once it has ended; returns what it returned.
join_aside() {
    local folder=$asides/$1 code=0
    wait "$(cat "$folder/pid")" || code=$?
    cat "$folder/output"
    parts+=("$(printf '%6d s  %s, beside the others' "$(cat "$folder/seconds")" "$1")")
    rm -rf "$folder"
    return "$code"
}
