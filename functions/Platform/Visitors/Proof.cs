using Shop.Functions.Platform.Http;

namespace Shop.Functions.Platform.Visitors;

/// <param name="Challenge">The token as it was given out.</param>
/// <param name="Answer">What was found.</param>
public sealed record Proof(string Challenge, string Answer)
{
    public static void Validate(Proof? proof, Validation validation)
    {
        validation.Text(proof?.Challenge, "proof.challenge", 1000);
        validation.Text(proof?.Answer, "proof.answer", 50);
    }
}
