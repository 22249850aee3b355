#!/bin/sh
# May this order ship? Asks writd over its Unix socket; needs curl.
#
# usage: ask.sh SOCKET REQUEST.json
# Ends with 0 and `yes: …` only when the daemon permits it, else with 1 and `no: …`, which says why.
# Where `writ` is installed, `writ ask full_payment.may_ship --input REQUEST.json && …` does the same.
set -u
LC_ALL=C
export LC_ALL

decision=full_payment.may_ship
seconds=2 # for each try
tries=2

if [ $# -ne 2 ]; then
  echo "usage: ask.sh SOCKET REQUEST.json" >&2
  exit 2
fi
socket=$1
request=$2
id=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')

no() {
  printf 'no: %s (request %s)\n' "$1" "$id"
  exit 1
}

# A decision changes nothing, so that asking again is safe; the id stays the same.
attempt=1
while :; do
  came=$(curl --silent --show-error --max-time "$seconds" --unix-socket "$socket" \
    --header 'Content-Type: application/json' --header "X-Request-ID: $id" \
    --data-binary "@$request" --write-out '\n%{http_code}' \
    "http://writ/v1/decide/$decision" 2>&1)
  code=$?
  status=${came##*
}
  body=${came%
*}
  # 7: nobody there; 18: cut off; 28: time-out; 52, 56: the connection broke.
  case $code:$status in
  7:* | 18:* | 28:* | 52:* | 56:* | 0:503) ;;
  *) break ;;
  esac
  [ "$attempt" -lt "$tries" ] || break
  attempt=$((attempt + 1))
  sleep 0.2
done

[ "$code" -eq 0 ] || no "no answer: $(printf '%s' "$body" | tail -n 1)"
[ "$status" = 200 ] || no "status $status: $body"

# The daemon's answer is one line that begins and ends like this. Anything else is no answer: another
# decision, another request, a flag deeper inside, an answer that was cut.
start='^\{"decision":"full_payment\.may_ship","outcome":"[a-z_]+","permitted":'
end="\"requestId\":\"$id\",\"decisionId\":\"[0-9a-f]+\"\}\$"
lines=$(printf '%s\n' "$body" | wc -l)
[ "$lines" -eq 1 ] && printf '%s\n' "$body" | grep -Eq "$start(true|false),.*$end" ||
  no "what came is not the answer of $decision"

decision_id=$(printf '%s\n' "$body" | sed -E 's/.*"decisionId":"([0-9a-f]+)"\}$/\1/')
if printf '%s\n' "$body" | grep -Eq "${start}true,"; then
  printf 'yes: ship (decision %s, request %s)\n' "$decision_id" "$id"
  exit 0
fi
outcome=$(printf '%s\n' "$body" | sed -E 's/^[^,]*,"outcome":"([a-z_]+)".*/\1/')
codes=$(printf '%s\n' "$body" | grep -Eo '\{"code":"[a-z0-9_]+","effect":' | cut -d '"' -f 4 | paste -sd ' ' -)
printf 'no: %s: %s (decision %s, request %s)\n' "$outcome" "$codes" "$decision_id" "$id"
exit 1
