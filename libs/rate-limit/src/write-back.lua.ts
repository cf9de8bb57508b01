import { BUCKETS_PER_WINDOW } from './window-rule';

/**
 * Both scripts add requests that a process accepted while Redis was unavailable. ARGV is the window in ms, then
 * for each key the number of its pairs and the pairs: age in ms, number of requests. Replies one value per key:
 * 0, or the text of an error.
 */
const PREAMBLE = `
local window = tonumber(ARGV[1]) * 1000
local clock = redis.call('TIME')
local time = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
`;

const ADD_ALL = `
local replies, at = {}, 2
for i, key in ipairs(KEYS) do
  local pairs_left, added = tonumber(ARGV[at]), {}
  for k = 1, pairs_left do
    added[k] = {time - math.floor(tonumber(ARGV[at + 2 * k - 1]) * 1000), tonumber(ARGV[at + 2 * k])}
  end
  at = at + 2 * pairs_left + 1
  local done, problem = pcall(add, key, added)
  replies[i] = done and 0 or (type(problem) == 'table' and problem.err or tostring(problem))
end
return replies
`;

/** Merges the times into the list of a sliding log. */
export const ADD_TO_LOG_LUA = `${PREAMBLE}
local function add(key, added)
  local times = {}
  for _, text in ipairs(redis.call('LRANGE', key, 0, -1)) do times[#times + 1] = tonumber(text) end
  for _, pair in ipairs(added) do
    for _ = 1, pair[2] do times[#times + 1] = pair[1] end
  end
  table.sort(times)
  -- Fails here, before anything is lost, where Redis takes no writes.
  redis.call('RPUSH', key, string.format('%.0f', times[#times]))
  redis.call('DEL', key)
  for _, moment in ipairs(times) do
    if moment > time - window then redis.call('RPUSH', key, string.format('%.0f', moment)) end
  end
  redis.call('PEXPIRE', key, ARGV[1])
end
${ADD_ALL}`;

/** Adds the numbers to the buckets of the times. */
export const ADD_TO_BUCKETS_LUA = `${PREAMBLE}
local BUCKETS = ${BUCKETS_PER_WINDOW}
local width = window / BUCKETS
local function add(key, added)
  local current = math.floor(time / width)
  local state = redis.call('HMGET', key, 'oldest', 'newest', 'used')
  local oldest, newest, used = tonumber(state[1]), tonumber(state[2]), tonumber(state[3]) or 0
  for _, pair in ipairs(added) do
    local bucket = math.floor(pair[1] / width)
    if bucket >= current - BUCKETS then
      redis.call('HINCRBY', key, bucket, pair[2])
      used = used + pair[2]
      oldest = math.min(oldest or bucket, bucket)
      newest = math.max(newest or bucket, bucket)
    end
  end
  if not oldest then return end
  redis.call('HSET', key, 'oldest', oldest, 'newest', newest, 'used', used)
  redis.call('PEXPIRE', key, math.ceil((window + width) / 1000))
end
${ADD_ALL}`;
