#!/usr/bin/env node
// May this order ship? Asks writd over its Unix socket; needs Node 18 and nothing else.
//
// usage: node ask.mjs SOCKET REQUEST.json
// Ends with 0 and `yes: …` only when the daemon permits it, else with 1 and `no: …`, which says why.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const DECISION = "full_payment.may_ship";
const MILLISECONDS = 2000; // for each try
const TRIES = 2;

/** There is no answer that may be trusted. `again`: not now; asking again is safe, for a decision changes nothing. */
class Doubt extends Error {
  constructor(message, again = false) {
    super(message);
    this.again = again;
  }
}

/** Status, whether the length is told, and the whole body; a broken or cut answer rejects. */
function exchange(socketPath, body, requestId) {
  return new Promise((resolve, reject) => {
    const headers = {
      "Content-Type": "application/json", "Content-Length": body.length,
      "X-Request-ID": requestId, Connection: "close",
    };
    const options = {
      socketPath, method: "POST", path: `/v1/decide/${DECISION}`, headers,
      signal: AbortSignal.timeout(MILLISECONDS),
    };
    const request = http.request(options, (response) => {
      const pieces = [];
      const told = "content-length" in response.headers || "transfer-encoding" in response.headers;
      response.on("data", (piece) => pieces.push(piece));
      response.on("error", reject); // also for an answer that is cut off
      response.on("end", () =>
        resolve({ status: response.statusCode, told, text: Buffer.concat(pieces).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function askOnce(socketPath, body, requestId) {
  let came;
  try {
    came = await exchange(socketPath, body, requestId);
  } catch (problem) {
    // Nobody there, no permission, time-out, connection broken; bytes that are no HTTP are not asked for again.
    const isGarbage = String(problem.code).startsWith("HPE_");
    throw new Doubt(`no answer: ${problem.code ?? problem.name}: ${problem.message}`, !isGarbage);
  }
  if (!came.told) throw new Doubt("the answer does not say how long it is");
  let answer;
  try {
    answer = JSON.parse(came.text);
  } catch {
    throw new Doubt(`status ${came.status}, and the answer is not JSON`);
  }
  if (answer === null || typeof answer !== "object") throw new Doubt("the answer is no object");
  if (came.status !== 200) {
    throw new Doubt(`status ${came.status}: ${answer.detail}`, came.status === 503);
  }
  if (answer.decision !== DECISION || answer.requestId !== requestId) {
    throw new Doubt("this is the answer to something else");
  }
  return answer;
}

async function ask(socketPath, body, requestId) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await askOnce(socketPath, body, requestId); // the same id each time
    } catch (problem) {
      if (!problem.again || attempt === TRIES) throw problem;
      await pause(200);
    }
  }
}

const [socketPath, file] = process.argv.slice(2);
if (file === undefined) {
  console.error("usage: node ask.mjs SOCKET REQUEST.json");
  process.exit(2);
}
const requestId = randomUUID();
process.exitCode = 1;
try {
  const answer = await ask(socketPath, readFileSync(file), requestId);
  const ids = `(decision ${answer.decisionId}, request ${requestId})`;
  if (answer.permitted === true) { // and nothing else is a yes
    console.log(`yes: ship ${ids}`);
    process.exitCode = 0;
  } else {
    const reasons = (answer.reasons ?? []).map(({ code, text }) => `${code}: ${text}`);
    console.log(`no: ${answer.outcome}: ${reasons.join("; ")} ${ids}`);
  }
} catch (problem) {
  console.log(`no: ${problem.message} (request ${requestId})`);
}
