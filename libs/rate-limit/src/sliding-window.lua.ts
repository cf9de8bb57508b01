/**
 * A sliding log in one atomic step: at most ARGV[2] accepted requests of a client in any ARGV[1] ms.
 * KEYS[1] is a list of the times of accepted requests in µs, oldest first. Time is Redis' own, so the
 * clocks of the replicas do not matter; a clock set back never shortens a window, and one set back by
 * more than a window starts the log anew. Replies {accepted 0|1, used, ms until the oldest one leaves}.
 */
export const SLIDING_WINDOW_LUA = `
local window = tonumber(ARGV[1]) * 1000
local limit = tonumber(ARGV[2])
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000000 + tonumber(clock[2])

local newest = tonumber(redis.call('LINDEX', KEYS[1], -1))
if newest and newest > now then
  if newest - now > window then
    redis.call('DEL', KEYS[1])
  else
    now = newest
  end
end

local oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
while oldest and oldest <= now - window do
  redis.call('LPOP', KEYS[1])
  oldest = tonumber(redis.call('LINDEX', KEYS[1], 0))
end

local used = redis.call('LLEN', KEYS[1])
if used >= limit then
  local blocking = tonumber(redis.call('LINDEX', KEYS[1], used - limit))
  return {0, used, math.ceil((blocking + window - now) / 1000)}
end

redis.call('RPUSH', KEYS[1], string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return {1, used + 1, math.ceil(((oldest or now) + window - now) / 1000)}
`;
