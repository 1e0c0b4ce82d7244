# Starts one program in a session of its own and sees that nothing of it outlives the server.
#
#   sh supervisor.sh PID_FILE SETSID FOLDER SERVER_PID PROGRAM [ARGUMENT...]
#
# Standard input is a pipe from the server. `stop N` sets the grace to N seconds (10 otherwise). When the pipe closes,
# because the server asked for the end or died, the group gets SIGTERM, and after the grace SIGKILL. When the program has
# ended, what is left of the instance is killed: by the server, which sees the exit, or else, if it is dead, from here.
# The exit status is the program's; it is 125 when PID_FILE could not be written, and 124 when a mount failed.
#
# The mounts of the instance, if it has any, are listed beside PID_FILE (.own/mounts instead of .pid) in the form of
# fstab(5). Whoever wrote them started this shell in a mount namespace of its own.
#
# Variables whose names sh would drop come as _berth_odd_1=NAME=VALUE and so on, _berth_odd of them.
#
# The program is marked with BERTH_INSTANCE=FOLDER, which its descendants inherit wherever they go.
#
# The program runs in the foreground and the watch in the background, for sh makes background jobs ignore INT and QUIT
# for good. Names begin with _berth so that none of the program's own variables is touched.

trap '' HUP INT QUIT TERM
exec 3<&0 4>&2 </dev/null 2>/dev/null
_berth_pid_file=$1 _berth_setsid=$2 _berth_folder=$3 _berth_server=$4 _berth_path=$PATH
shift 4
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$PATH

_berth_mounts=${_berth_pid_file%.pid}.own/mounts
if [ -e "$_berth_mounts" ]; then
    # Never on the machine itself.
    [ /proc/self/ns/mnt -ef "/proc/$_berth_server/ns/mnt" ] && echo "no namespace for mounts" >&4 && exit 124
    _berth_said=$(mount -a -T "$_berth_mounts" 2>&1) || { echo "$_berth_said" >&4; exit 124; }
    # Into what was mounted over this folder.
    cd "$PWD" || exit 124
fi

# Pid and name of every living process of the instance; ProcessSnapshot.membersOf has the same rules.
_berth_members() {
    { cat /proc/[0-9]*/stat
      head -c 4194304 /dev/null /proc/[0-9]*/environ | tr '\0' '\n'
      ls -ldn /proc/[0-9]*/cwd; } | _berth_mark="BERTH_INSTANCE=$_berth_folder" _berth_session=$_berth_pid awk '
        BEGIN { mark = ENVIRON["_berth_mark"]; inside = "/" substr(mark, index(mark, "/") + 1) }
        /^==> \/proc\/[0-9]+\/environ <==$/ { split($0, part, "/"); owner = part[3]; next }
        $0 == mark { member[owner] = 1; next }
        /^PATH=/ { named[owner] = 1; next }
        /^l.* \/proc\/[0-9]+\/cwd -> / {
            at = index($0, "/cwd -> ")
            place = substr($0, at + 8) "/"
            owner = substr($0, 1, at - 1)
            sub(/^.*\//, "", owner)
            if (index(place, inside "/") == 1) within[owner] = 1
            next
        }
        /^[0-9]+ \(.*\) [A-Za-z] / {
            pid = $1; name[pid] = $0
            sub(/^[0-9]+ \(/, "", name[pid]); sub(/\) [A-Za-z] [-0-9].*$/, "", name[pid])
            sub(/^.*\) /, ""); split($0, field, " ")
            if (field[1] != "Z") { parent[pid] = field[2]; session[pid] = field[4]; terminal[pid] = field[5] }
        }
        END {
            for (pid in parent) {
                if (session[pid] == ENVIRON["_berth_session"]) member[pid] = 1
                if (within[pid] && !named[pid] && terminal[pid] == 0) member[pid] = 1
            }
            for (more = 1; more;) {
                more = 0
                for (pid in parent)
                    if (!member[pid] && (member[parent[pid]] || member[session[pid]])) more = member[pid] = 1
            }
            for (pid in parent) if (member[pid]) print pid, name[pid]
        }'
}

# They may start others while they are being killed, hence more than once.
_berth_kill() {
    for _berth_round in 1 2 3 4 5 6 7 8 9 10; do
        _berth_found=$(_berth_members)
        [ -n "$_berth_found" ] || return
        kill -s KILL $(echo "$_berth_found" | cut -d ' ' -f 1)
    done
}

_berth_server_lives() {
    read -r _berth_stat <"/proc/$_berth_server/stat" || return
    case $_berth_stat in *') Z '* | *') X '*) return 1 ;; esac
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
    trap 'kill -s KILL $!; wait $!; exit' USR1
    # Before setsid has run there is no group yet.
    kill -s TERM -- "-$_berth_pid" || kill -s TERM "$_berth_pid"
    # Without a supervisor there is nobody to wait for. Marked, so that it ends with the rest.
    kill -s 0 $$ || _berth_grace=0
    BERTH_INSTANCE=$_berth_folder sleep "$_berth_grace" &
    wait $!
    kill -s KILL -- "-$_berth_pid"
    kill -s KILL "$_berth_pid"
    kill -s 0 $$ || _berth_server_lives || _berth_kill
) >/dev/null 4>&- &
_berth_watch=$!

(
    trap - HUP INT QUIT TERM
    # Not $$, which is the supervisor here.
    read -r _berth_pid _berth_rest </proc/self/stat
    echo "$_berth_pid" >"$_berth_pid_file" || exit 125
    PATH=$_berth_path BERTH_INSTANCE=$_berth_folder
    export BERTH_INSTANCE
    unset PWD OLDPWD SHLVL
    # What sh would drop comes as _berth_odd_1=NAME=VALUE and so on. env -S expands it where nobody sees it; an env without
    # that has it on its command line until it has become the program.
    _berth_words='-u _berth_odd' _berth_given=''
    while [ "${_berth_odd:-0}" -gt 0 ]; do
        _berth_words="$_berth_words -u _berth_odd_$_berth_odd" _berth_given="$_berth_given \"\${_berth_odd_$_berth_odd}\""
        _berth_odd=$((_berth_odd - 1))
    done
    if [ -n "$_berth_given" ]; then
        if env -S true; then
            set -- env -S "$_berth_words$_berth_given" "$@"
        else
            eval "set -- env $_berth_words$_berth_given \"\$@\""
        fi
    fi
    # bash exports the name of what it runs.
    [ -n "${BASH_VERSION-}" ] && set -- env -u _ "$@"
    exec "$_berth_setsid" "$@" 2>&4 3<&- 4>&-
)
_berth_status=$?
exec >&- 4>&-

kill -s USR1 "$_berth_watch"
wait "$_berth_watch"
read -r _berth_pid <"$_berth_pid_file"
_berth_server_lives || _berth_kill
exit "$_berth_status"
