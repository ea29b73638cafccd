using Shop.Functions.Platform.Http;

namespace Shop.Functions.Accounts;

/// <summary>What a legal hold means to the account's own owner: more can be added, and nothing of what is there goes or is overwritten.</summary>
public static class HeldAccount
{
    public static readonly Problem Kept = new(
        409, "legal-hold", "This account is under a legal hold: a court or an authority may ask for what is in it, so nothing of it can be deleted or overwritten. Ask the company.");
}
