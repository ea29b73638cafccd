using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Local.PayPal;

/// <summary>Bearer tokens of the client credentials grant: nine hours each.</summary>
internal sealed class Tokens(PayPalAccount account)
{
    private static readonly long Lifetime = (long)TimeSpan.FromHours(9).TotalSeconds;

    /// <returns>A token; null when id and secret are not the app's.</returns>
    public JsonObject? Issue(string authorization)
    {
        if (!authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || !IsKnown(authorization["Basic ".Length..].Trim()))
            return null;
        var token = account.NextId("A21AA", 92);
        account.State.Tokens[token] = account.Now + Lifetime;
        return new JsonObject
        {
            ["scope"] = "https://uri.paypal.com/services/payments/payment https://uri.paypal.com/services/payments/refund openid",
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["app_id"] = "APP-80W284485P519543T",
            ["expires_in"] = Lifetime,
            ["nonce"] = $"{RenderOrder.Time(account.Now)}{account.NextId("", 43)}",
        };
    }

    public bool IsGood(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && account.State.Tokens.TryGetValue(authorization["Bearer ".Length..].Trim(), out var until) && until > account.Now;

    private bool IsKnown(string basic)
    {
        var bytes = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, bytes, out var length))
            return false;
        var (id, secret) = (account.Options.ClientId, account.Options.ClientSecret);
        var given = Encoding.UTF8.GetString(bytes, 0, length);
        return id.Length > 0 ? given == $"{id}:{secret}" : given.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 && colon < given.Length - 1;
    }
}
