# shellcheck shell=bash
# What the scripts in this folder share. Sourced, not run; leaves the caller at the top of the checkout.
set -euo pipefail

# Where a standard stream is closed, as cron jobs and daemons may leave it, the next file would get its number.
[[ -e /dev/fd/0 ]] || exec </dev/null
[[ -e /dev/fd/1 ]] || exec >/dev/null
[[ -e /dev/fd/2 ]] || exec 2>/dev/null

# A relative path means the caller's folder.
case ${OCRSITE_DATA_DIR:-/} in
/* | "~"*) ;;
*) export OCRSITE_DATA_DIR=$PWD/$OCRSITE_DATA_DIR ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
# shellcheck disable=SC2034 # the callers use it
python=$root/.venv/bin/python
stamps=$root/.venv/stamps

# die SENTENCE
die() {
    printf '%s\n' "$1" >&2
    exit 1
}

[[ -w $root ]] || die "$root cannot be written to by $(id -un). Give it to that user, or make a clone of your own."

# step WHAT COMMAND…: does it quietly; a failure names the step, the end of its output and the place of the rest.
# A function given as COMMAND must join its own commands with &&: "set -e" does not reach into it.
step() {
    local what=$1 log
    shift
    printf '%s…\n' "$what"
    log=$(mktemp "${TMPDIR:-/tmp}/ocrsite-setup.XXXXXX")
    if "$@" >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return
    fi
    if [[ -n ${CI:-} ]]; then cat "$log" >&2; else grep --text '[^[:space:]]' "$log" | tail -n 3 >&2 || true; fi
    die "$what failed; its output is in $log."
}

# is_done NAME KEY: was mark_done called for NAME with this very KEY?
is_done() { [[ -f $stamps/$1 && $(<"$stamps/$1") == "$2" ]]; }
mark_done() { mkdir -p "$stamps" && printf '%s\n' "$2" >"$stamps/$1"; }

# Two set-ups at once would write over each other: the second waits. The lock ends with the script.
lock_checkout() {
    command -v flock >/dev/null || return 0
    exec 9<"$root/bin/setup"
    flock --nonblock 9 && return
    printf 'Another set-up is running here; waiting for it…\n'
    flock 9
}

# Puts the command prefix that makes us root into as_root, or explains what to install by hand.
become_root() {
    as_root=()
    local wanted=$*
    if ! command -v apt-get >/dev/null; then
        die "There is no apt-get here. Install these with your own package manager (the names are Debian's), then run this again: $wanted"
    elif ((EUID == 0)); then
        return
    elif ! command -v sudo >/dev/null; then
        die "There is no sudo here. Have an administrator run this, then run this again: apt-get install $wanted"
    elif sudo --non-interactive true 2>/dev/null; then
        as_root=(sudo --non-interactive)
    elif { : </dev/tty; } 2>/dev/null; then
        printf 'Installing programs needs an administrator; sudo asks for your password.\n'
        sudo true || die "sudo did not let you in. Have an administrator run this: apt-get install $wanted"
        as_root=(sudo)
    else
        die "sudo needs a password and there is no terminal to ask for it. Run this yourself, then run this again: sudo apt-get install $wanted"
    fi
}

# apt_install PACKAGE…
apt_install() {
    local what=$1 package
    (($# == 1)) || what+=" and $(($# - 1)) more"
    become_root "$@"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get --quiet --yes -o DPkg::Lock::Timeout=300)
    step "Fetching the list of packages" "${apt[@]}" update
    for package; do
        apt-cache show "$package" >/dev/null 2>&1 ||
            die "This system's package sources have no $package. If it stems from OCRSITE_INSTALL_LANGUAGES: write codes such as swe or dan, or all."
    done
    step "Installing $what" "${apt[@]}" install --no-install-recommends "$@"
}

# pip_install WHAT PYTHON REQUIREMENTS: wheels only, so that nothing is built or run while installing, but for pyvips,
# which comes without one and is built by what requirements-build.txt brings; and just those of the file, which names
# all that is needed and leaves out what pyproject.toml overrides.
pip_install() {
    step "$1" "$2" -m pip install --quiet --no-input --disable-pip-version-check \
        --require-hashes --only-binary :all: --no-binary pyvips --no-build-isolation --no-deps --requirement "$3"
}
