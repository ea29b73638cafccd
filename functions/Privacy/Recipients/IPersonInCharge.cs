namespace Shop.Functions.Privacy.Recipients;

/// <summary>The member of staff who sees to it where this app can tell a recipient nothing.</summary>
public interface IPersonInCharge
{
    /// <param name="recipient">Who is to be told.</param>
    /// <param name="email">Of the person who is erased.</param>
    /// <param name="reference">Of the erasure.</param>
    /// <returns>Whether the mail that asks for it is taken: nothing else of the person is kept from then on.</returns>
    Task<bool> IsAskedAsync(string recipient, string email, string reference, CancellationToken cancellation);
}
