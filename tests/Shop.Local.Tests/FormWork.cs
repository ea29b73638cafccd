using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Shop.Local.Tests;

/// <summary>What a form's script does before it sends: it asks for a challenge and tries numbers.</summary>
internal static class FormWork
{
    /// <param name="form">Which: <c>contact</c>.</param>
    /// <returns>The member <c>proof</c> of what it sends.</returns>
    public static async Task<JsonObject> ProofAsync(this HttpClient visitor, string form)
    {
        var challenge = (await visitor.GetFromJsonAsync<JsonObject>($"api/{form}/challenge", TestContext.Current.CancellationToken))!;
        var (token, bits) = (challenge["token"]!.GetValue<string>(), challenge["bits"]!.GetValue<int>());
        for (var number = 0; ; number++)
        {
            var answer = number.ToString(CultureInfo.InvariantCulture);
            var hash = new System.Numerics.BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes($"{token}.{answer}")), isUnsigned: true, isBigEndian: true);
            if (hash.GetBitLength() <= (SHA256.HashSizeInBytes * 8) - bits) return new() { ["challenge"] = token, ["answer"] = answer };
        }
    }
}
