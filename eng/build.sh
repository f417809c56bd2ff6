# Sourced by ./approx and ./test: restores and builds, and where the package feed lacks Orleans or Testcontainers, builds without them.
# POSIX shell. Needs $root. Arguments in APPROX_RESTORE_ARGS are passed on to every restore.

logs=$root/artifacts/logs

need_dotnet() {
    if ! command -v dotnet >/dev/null 2>&1; then
        echo "approx: dotnet is not installed. Install the .NET 10 SDK: https://dotnet.microsoft.com/download" >&2
        exit 1
    fi
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
    mkdir -p "$logs"
}

# One build at a time in one clone; a second waits for the first.
lock_build() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$logs/.lock"
        flock 9
    fi
}

# Runs a step with its output in a log file, shown only when it fails.
# step LOG COMMAND...
step() {
    step_log=$logs/$1.log
    shift
    if ! "$@" >"$step_log" 2>&1; then
        cat "$step_log" >&2
        return 1
    fi
}

# The projects whose restore failed for packages that no source has, one a line; fails when there are none or a package source could not be reached.
# lacking LOG
lacking() {
    if grep -q 'error NU1301:' "$1"; then return 1; fi
    sed -n -E 's/^ *(.*\.csproj) : error NU(110[1-3]|1603):.*/\1/p' "$1" | sort -u | grep .
}

# Whether one of the projects (on standard input) needs a part.
needs() {
    while read -r project; do
        if grep -q "$1" "$project"; then return 0; fi
    done
    return 1
}

# Restores a project or filter; on missing packages tries again without the part named. Sets $orleans and $testcontainers (true or false).
# restore TARGET_FUNCTION: the function prints what to restore, given $orleans and $testcontainers.
restore() {
    orleans=${Orleans:-true}
    testcontainers=${Testcontainers:-true}
    while :; do
        # shellcheck disable=SC2046,SC2086
        if dotnet restore "$($1)" -p:Orleans=$orleans -p:Testcontainers=$testcontainers $APPROX_RESTORE_ARGS >"$logs/restore.log" 2>&1; then
            return 0
        fi
        if ! without=$(lacking "$logs/restore.log"); then
            break
        fi
        found=false
        if [ "$orleans" = true ] && echo "$without" | needs 'RequiresOrleans>true\|"Microsoft.Orleans.Client"'; then
            orleans=false found=true
            echo "approx: left out the cluster part: the Orleans packages could not be restored from the package sources (docs/building.md)." >&2
        fi
        if [ "$testcontainers" = true ] && echo "$without" | needs 'RequiresTestcontainers>true'; then
            testcontainers=false found=true
            echo "approx: left out the tests against containers: the Testcontainers packages could not be restored from the package sources." >&2
        fi
        [ "$found" = true ] || break
    done
    cat "$logs/restore.log" >&2
    echo "approx: the packages could not be restored." >&2
    return 1
}
