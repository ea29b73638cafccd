namespace Shop.Functions.Privacy.Policy;

/// <summary>Who answers for the data (policy, 1.7).</summary>
public static class DataController
{
    public const string Name = "Server Room Environments Ltd";

    public const string Email = "marketing@serverroomenvironments.co.uk";

    /// <summary>What to write into a letter's address or an e-mail's subject.</summary>
    public const string ForTheAttentionOf = "GDPR/The Data Controller";
}
