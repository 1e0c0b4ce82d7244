# Starts one program in a session of its own and sees that nothing of it outlives the server.
#
#   sh supervisor.sh PID_FILE SETSID PROGRAM [ARGUMENT...]
#
# Standard input is a pipe from the server. `stop N` sets the grace to N seconds (10 otherwise). When the pipe closes,
# because the server asked for the end or died, the group gets SIGTERM, and after the grace SIGKILL. When the program
# ends by itself, what is left of its session is killed. The exit status is the program's.
#
# The program runs in the foreground and the watch in the background, for sh makes background jobs ignore INT and QUIT
# for good. Names begin with _berth so that none of the program's own variables is touched.

trap '' HUP INT QUIT TERM
exec 3<&0 4>&2 </dev/null 2>/dev/null
_berth_pid_file=$1 _berth_setsid=$2 _berth_path=$PATH
shift 2
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH

_berth_kill_session() {
    kill -s KILL -- "-$_berth_pid"
    kill -s KILL $(cat /proc/[0-9]*/stat | awk -v session="$_berth_pid" '
        { pid = $1; sub(/^.*\) /, ""); split($0, field, " "); if (field[4] == session && field[1] != "Z") print pid }')
}

(
    _berth_grace=10
    while read -r _berth_word _berth_seconds <&3; do
        [ "$_berth_word" = stop ] && _berth_grace=$_berth_seconds
    done
    until read -r _berth_pid <"$_berth_pid_file"; do
        kill -s 0 $$ || exit
        sleep 0.05
    done
    trap 'kill -s KILL $!; exit' USR1
    # Before setsid has run there is no group yet.
    kill -s TERM -- "-$_berth_pid" || kill -s TERM "$_berth_pid"
    sleep "$_berth_grace" &
    wait $!
    _berth_kill_session
    kill -s KILL "$_berth_pid"
) >/dev/null 4>&- &
_berth_watch=$!

(
    trap - HUP INT QUIT TERM
    # Not $$, which is the supervisor here.
    read -r _berth_pid _berth_rest </proc/self/stat
    echo "$_berth_pid" >"$_berth_pid_file" || exit 126
    PATH=$_berth_path
    unset PWD OLDPWD SHLVL
    # bash exports the name of what it runs.
    [ -n "${BASH_VERSION-}" ] && set -- env -u _ "$@"
    exec "$_berth_setsid" "$@" 2>&4 3<&- 4>&-
)
_berth_status=$?
exec >&- 4>&-

read -r _berth_pid <"$_berth_pid_file" && _berth_kill_session
kill -s USR1 "$_berth_watch"
wait "$_berth_watch"
exit "$_berth_status"
