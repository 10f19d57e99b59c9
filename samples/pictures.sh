#!/usr/bin/env bash
# Makes the pictures of the README: renders reports of the samples and takes their first screen with headless Chromium.
# Usage: samples/pictures.sh [POLIDIFF]; without it, the release or the debug binary, whichever is newer.
# Needs Chromium and a font with Chinese characters (Debian: chromium, fonts-noto-cjk).
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-target/debug/polidiff}
if [ -z "${1:-}" ] && [ target/release/polidiff -nt "$binary" ]; then binary=target/release/polidiff; fi
[ -x "$binary" ] || { echo "pictures.sh: no binary: run cargo build first, or name one" >&2; exit 2; }

chromium=
for name in "${CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do
    chromium=$(command -v "$name") && break
done
[ -n "$chromium" ] || { echo "pictures.sh: no Chromium: install it, or set CHROMIUM to its path" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p samples/pictures

# picture NAME ARGUMENTS…: the first screen of the report that the arguments make.
picture() {
    local name=$1
    shift
    "$binary" "$@" --output "$work/$name.html"
    "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --user-data-dir="$work/profile-$name" --hide-scrollbars \
        --force-device-scale-factor=1 --window-size=1280,1000 \
        --screenshot="$PWD/samples/pictures/$name.png" "file://$work/$name.html" 2>/dev/null
    echo "samples/pictures/$name.png"
}

picture compare.en compare samples/larkspur-2024.en.md samples/larkspur-2025.en.md --lang en
picture compare.zh compare samples/larkspur-2024.zh.txt samples/larkspur-2025.zh.txt --lang zh
picture benchmark.en benchmark samples/larkspur-2025.en.md samples/pantrypost.en.md samples/qingcai.zh.txt --lang en
