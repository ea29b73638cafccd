using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Shop.Local.SignIn;

/// <summary>Codes that were handed out and not yet exchanged. Each works once, for ten minutes.</summary>
internal sealed class AuthorizationCodes(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (Grant Grant, DateTimeOffset Until)> _open = new();

    public string Issue(Grant grant)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, entry) in _open)
        {
            if (entry.Until <= now)
                _open.TryRemove(old, out _);
        }

        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        _open[code] = (grant, now + Lifetime);
        return code;
    }

    /// <summary>The grant behind the code; null when there is none, it was used before or it is too old.</summary>
    public Grant? Redeem(string code) =>
        _open.TryRemove(code, out var entry) && entry.Until > clock.GetUtcNow() ? entry.Grant : null;
}
