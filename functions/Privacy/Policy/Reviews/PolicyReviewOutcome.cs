namespace Shop.Functions.Privacy.Policy.Reviews;

public enum PolicyReviewOutcome
{
    /// <summary>It stays as it is.</summary>
    Unchanged = 1,

    /// <summary>Something is to be changed: the next edition says what.</summary>
    ToChange,
}
