import { BUCKETS_PER_WINDOW } from './window-rule';

/**
 * Both scripts take the window in ms and the limit, decide about one request per key in the order of the keys
 * (the same key may come again), and reply three values per key: {accepted 0|1, used, ms until the oldest one
 * leaves} or {-1, error, 0}, so that what is wrong with one key does not spoil the others. Time is Redis' own,
 * so the clocks of the replicas do not matter; a clock set back never shortens a window, and one set back by
 * more than a window starts the count anew.
 */
const PREAMBLE = `
local window = tonumber(ARGV[1]) * 1000
local limit = tonumber(ARGV[2])
local clock = redis.call('TIME')
local time = tonumber(clock[1]) * 1000000 + tonumber(clock[2])
`;

const DECIDE_ALL = `
local replies = {}
for i, key in ipairs(KEYS) do
  local done, accepted, used, reset = pcall(decide, key)
  if not done then
    used = type(accepted) == 'table' and accepted.err or tostring(accepted)
    accepted, reset = -1, 0
  end
  replies[3 * i - 2], replies[3 * i - 1], replies[3 * i] = accepted, used, reset
end
return replies
`;

/** A sliding log: each key is a list of the times of accepted requests in µs, oldest first. */
export const SLIDING_WINDOW_LUA = `${PREAMBLE}
local function decide(key)
  local now = time
  local newest = tonumber(redis.call('LINDEX', key, -1))
  if newest and newest > now then
    if newest - now > window then
      redis.call('DEL', key)
    else
      now = newest
    end
  end

  local oldest = tonumber(redis.call('LINDEX', key, 0))
  while oldest and oldest <= now - window do
    redis.call('LPOP', key)
    oldest = tonumber(redis.call('LINDEX', key, 0))
  end

  local used = redis.call('LLEN', key)
  if used >= limit then
    local blocking = tonumber(redis.call('LINDEX', key, used - limit))
    return 0, used, math.ceil((blocking + window - now) / 1000)
  end

  redis.call('RPUSH', key, string.format('%.0f', now))
  redis.call('PEXPIRE', key, ARGV[1])
  return 1, used + 1, math.ceil(((oldest or now) + window - now) / 1000)
end
${DECIDE_ALL}`;

/** Counts per bucket: each key is a hash of counts by bucket number, with their sum and the outermost numbers. */
export const BUCKETED_WINDOW_LUA = `${PREAMBLE}
local BUCKETS = ${BUCKETS_PER_WINDOW}
local width = window / BUCKETS
local life = math.ceil((window + width) / 1000)
local function decide(key)
  local now, bucket = time, math.floor(time / width)
  local state = redis.call('HMGET', key, 'oldest', 'newest', 'used')
  local oldest, newest, used = tonumber(state[1]), tonumber(state[2]), tonumber(state[3]) or 0
  if newest and math.abs(newest - bucket) > BUCKETS then
    redis.call('DEL', key)
    oldest, used = nil, 0
  elseif newest and newest > bucket then
    bucket, now = newest, newest * width
  end

  local kept = oldest
  while used > 0 and oldest < bucket - BUCKETS do
    local count = tonumber(redis.call('HGET', key, oldest))
    if count then
      redis.call('HDEL', key, oldest)
      used = used - count
    end
    oldest = oldest + 1
  end
  if used == 0 then oldest = bucket end

  local accepted = used < limit
  if accepted then
    redis.call('HINCRBY', key, bucket, 1)
    used = used + 1
    redis.call('HSET', key, 'oldest', oldest, 'newest', bucket, 'used', used)
    redis.call('PEXPIRE', key, life)
    while not redis.call('HGET', key, oldest) do oldest = oldest + 1 end
    return 1, used, math.ceil(((oldest + 1) * width + window - now) / 1000)
  end

  if oldest ~= kept then redis.call('HSET', key, 'oldest', oldest, 'used', used) end
  local left, leaving = used, oldest - 1
  while left >= limit and leaving < bucket do
    leaving = leaving + 1
    left = left - (tonumber(redis.call('HGET', key, leaving)) or 0)
  end
  return 0, used, math.ceil(((leaving + 1) * width + window - now) / 1000)
end
${DECIDE_ALL}`;
