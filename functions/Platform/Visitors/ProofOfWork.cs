using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Shop.Functions.Platform.Http;
using Shop.Functions.Platform.Links;

namespace Shop.Functions.Platform.Visitors;

/// <summary>
/// Makes whoever fills in a form a thousand times pay for it in time, and asks no third party who is a person: a challenge is
/// given out, and with the form comes a number that is only found by trying. A person's browser needs a moment for it.
/// </summary>
public sealed class ProofOfWork(SignedLinks links, TimeProvider clock)
{
    /// <summary>Zero bits that the hash begins with: 65,536 tries on average.</summary>
    public const int Bits = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Each challenge counts once, as far as this instance remembers; at the turn of a period one may count twice.</summary>
    private readonly RateLimit _used = new(1, Lifetime * 2, clock);

    public static Problem NotDone { get; } =
        new(422, "proof-not-valid", "The proof of work is wrong, out of date or for something else. Ask for another challenge.");

    public static Problem UsedUp { get; } =
        new(409, "proof-used", "This was sent already. To send something else, ask for another challenge.");

    /// <param name="what">What it is to be done for: a proof for one thing is none for another.</param>
    public Challenge Ask(string what) =>
        new(links.Sign(Purpose(what), new Nothing(), ProofJson.Default.Nothing, Lifetime), Bits, clock.GetUtcNow() + Lifetime);

    /// <returns>The problem to answer with; null when the work is done, and then the same proof does not count again.</returns>
    public Problem? Take(string what, Proof proof, out string id)
    {
        var opened = links.Open(Purpose(what), proof.Challenge, ProofJson.Default.Nothing);
        id = opened.Id;
        if (opened.State != LinkState.Good || !IsDone(proof)) return NotDone;
        return _used.TryTake(id) ? null : UsedUp;
    }

    /// <summary>What the proof was for has failed: the same may be sent again with it.</summary>
    public void GiveBack(string id) => _used.GiveBack(id);

    /// <returns>Whether SHA-256 of challenge, full stop and answer begins with enough zero bits.</returns>
    public static bool IsDone(Proof proof)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{proof.Challenge}.{proof.Answer}"));
        return BitOperations.LeadingZeroCount(BitConverter.ToUInt32([hash[3], hash[2], hash[1], hash[0]])) >= Bits;
    }

    private static string Purpose(string what) => $"proof-of-work {what}";

    internal sealed record Nothing;
}

[JsonSerializable(typeof(ProofOfWork.Nothing))]
internal sealed partial class ProofJson : JsonSerializerContext;
