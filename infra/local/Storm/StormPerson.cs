using System.Net;

namespace Shop.Local.Storm;

/// <summary>Somebody who is signed in, and signs in again before the token is too old.</summary>
/// <param name="email">As whom.</param>
/// <param name="roles">The roles of staff; none for a customer.</param>
public sealed class StormPerson(StormShop shop, StormCalls calls, string email, string name, params string[] roles)
{
    private readonly SemaphoreSlim _signingIn = new(1);
    private volatile Token? _token;

    public string Name => name;

    /// <returns>A token that is good for a while; the one before unless it is too old or was refused.</returns>
    public async Task<string> TokenAsync(CancellationToken cancellation)
    {
        await _signingIn.WaitAsync(cancellation);
        try
        {
            if (_token is { } known && TimeProvider.System.GetUtcNow() < known.Until) return known.Text;
            var answer = (await calls.PostAsync(new Uri(shop.SignIn, "token-for"), null, new { email, name, roles }, null, cancellation)).Must(HttpStatusCode.OK);
            // The authority goes by the machine's own clock.
            var token = new Token(answer.Read<string>("access_token"), TimeProvider.System.GetUtcNow() + (TimeSpan.FromSeconds(answer.Read<long>("expires_in")) / 2));
            _token = token;
            return token.Text;
        }
        finally
        {
            _signingIn.Release();
        }
    }

    /// <summary>The token was refused: the next one is a new one.</summary>
    public void Forget() => _token = null;

    private sealed record Token(string Text, DateTimeOffset Until);
}
