#!/usr/bin/env bash
# What the Bicep has to pass, by the compiler's own word: formatted, clean of lint, parameters that fit, and exactly the
# resources that snapshots/ records for the variables beside them.
#
#   check.sh             all of it; a changed resource is shown, property by property
#   check.sh --update    records what the Bicep gives now; read the difference before committing it
#   check.sh --into DIR  writes the ARM template and the snapshots to DIR, for the tests
#
# The compiler comes from the NuGet package that tests/Shop.Infra.Tests downloads (dotnet restore); BICEP names another. --update needs jq.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here

find_compiler() {
  [[ -n ${BICEP:-} ]] || BICEP=$(dotnet msbuild "$here/../../tests/Shop.Infra.Tests" -getProperty:BicepCompiler)
  [[ -x $BICEP ]] || { echo "check.sh: there is no compiler at $BICEP; run dotnet restore first" >&2; exit 1; }
}

# The compiler puts what it writes beside what it reads, so it works on a copy.
copy() {
  copy=$(mktemp -d)
  trap 'rm -rf "$copy"' EXIT
  cp -R "$here/." "$copy"
}

# Runs the compiler with the variables of one snapshot and nothing else of this environment.
with_variables_of() {
  local variables
  mapfile -t variables <"$here/snapshots/$1.env"
  shift
  env --ignore-environment PATH="$PATH" HOME="$HOME" "${variables[@]}" "$BICEP" "$@"
}

# The subscription and the tenant exist nowhere: they only have to be the same each time.
snapshot() {
  with_variables_of "$1" snapshot "$copy/main.bicepparam" --mode "$2" --location uksouth --deployment-name shop-prod \
    --subscription-id 00000000-0000-0000-0000-000000000000 --tenant-id 11111111-1111-1111-1111-111111111111
}

# In: the folder to write to. What each set of variables gives, as "<set>.json".
write_snapshots() {
  local set
  for set in default everything; do
    snapshot "$set" overwrite
    mv "$copy/main.snapshot.json" "$1/$set.json"
  done
}

# In: the folder they are in. The compiler gives outputs in another order each time, which is no difference to read.
sort_outputs() {
  local set
  for set in default everything; do
    jq '.outputs |= (to_entries | sort_by(.key) | from_entries)' "$1/$set.json" >"$copy/sorted.json"
    mv "$copy/sorted.json" "$1/$set.json"
  done
}

is_formatted() {
  cp -R "$copy" "$copy.formatted"
  "$BICEP" format --pattern "$copy.formatted/**/*.bicep"
  "$BICEP" format --pattern "$copy.formatted/*.bicepparam"
  diff --recursive --unified "$copy" "$copy.formatted" && rm -rf "$copy.formatted"
}

check() {
  "$BICEP" --version
  echo 'format'
  is_formatted
  echo 'lint'
  "$BICEP" lint "$here/main.bicep"
  local set
  for set in default everything; do
    echo "parameters and resources with $set.env"
    with_variables_of "$set" build-params "$copy/main.bicepparam" --stdout >"$copy/parameters.json"
    cp "$here/snapshots/$set.json" "$copy/main.snapshot.json"
    # Without the colours, which only a terminal understands.
    snapshot "$set" validate | sed 's/\x1b\[[0-9;]*m//g'
  done
  echo 'The Bicep is formatted, clean of lint, and gives the resources that snapshots/ records.'
}

find_compiler
copy
case ${1:-} in
  '') check ;;
  --update) write_snapshots "$here/snapshots" && sort_outputs "$here/snapshots" ;;
  --into) "$BICEP" build "$here/main.bicep" --outfile "$2/main.json" && write_snapshots "$2" ;;
  *) sed -n '2,11p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
esac
