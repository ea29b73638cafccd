using System.Globalization;
using System.Text.Json.Nodes;
using Shop.Functions.Platform.Visitors;

namespace Shop.Functions.Tests.FrontDoor;

/// <summary>What a form's script does before it sends: it asks for a challenge and tries numbers.</summary>
internal static class Work
{
    /// <param name="what">Of which form: <c>contact</c>.</param>
    public static async Task<JsonObject> ProofAsync(this HttpClient visitor, string what)
    {
        var proof = Done((await visitor.ReadAsync($"api/{what}/challenge"))["token"]!.GetValue<string>());
        return new() { ["challenge"] = proof.Challenge, ["answer"] = proof.Answer };
    }

    public static Proof Done(string challenge) =>
        Enumerable.Range(0, int.MaxValue).Select(number => new Proof(challenge, number.ToString(CultureInfo.InvariantCulture))).First(ProofOfWork.IsDone);
}
