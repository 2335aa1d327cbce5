#!/bin/sh
# hoso doctor: what is missing, and what to do.
. "$(dirname -- "$0")/test-lib.sh"
need jq
unset HOSO_CLOCK HOSO_OCR
make_archive

begin 'doctor names model, libraries, space, permissions and clock'
run -C "$archive" doctor --json
case $code in
0) ;;
5) expect_err 'free' ;; # this machine's disk is nearly full: said so
*) wrong 'exit code' ;;
esac
for check in model libraries memory archive permissions space clock; do
    expect_json "any(.[0].checks[]; .check == \"$check\")"
done
expect_json 'any(.[0].checks[]; .check == "model" and
    (.text | contains("vie")))'

begin 'a model that is not installed is an error with advice'
HOSO_RECOGNISE_MODEL=xxq run -C "$archive" doctor --json
expect_exit 3
expect_json 'any(.[0].checks[]; .check == "model" and .level == "error" and
    (.advice | contains("apt install tesseract-ocr-xxq")))'

begin 'a clock in the past is an error'
HOSO_CLOCK=1999-01-01T00:00:00Z run -C "$archive" doctor --json
expect_json 'any(.[0].checks[]; .check == "clock" and .level == "error")'
finished
