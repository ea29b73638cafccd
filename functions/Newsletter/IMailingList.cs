namespace Shop.Functions.Newsletter;

/// <summary>
/// The newsletter's list, which a mailing provider keeps: this app stores no address of it. The company changes its provider by
/// another one of these.
/// </summary>
public interface IMailingList
{
    /// <summary>Whether the shop has been let in.</summary>
    bool IsSetUp { get; }

    /// <summary>Puts an address on the list; again is the same as once.</summary>
    /// <param name="askedAt">When the link was made by which the person agrees: one that is older than a leaving counts for nothing.</param>
    /// <param name="consent">What the person agreed to and when, to be kept beside the address: the proof of it.</param>
    /// <exception cref="Platform.Http.UnavailableException">The provider does not answer, or does not let the shop in.</exception>
    Task<JoinResult> JoinAsync(string email, DateTimeOffset askedAt, string consent, CancellationToken cancellation);

    /// <summary>Takes an address off the list, and notes when, so that no older link puts it back; again is the same as once.</summary>
    /// <exception cref="Platform.Http.UnavailableException">The provider does not answer, or does not let the shop in.</exception>
    Task LeaveAsync(string email, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Has everything deleted that the provider holds of an address.</summary>
    /// <returns>False when it held nothing.</returns>
    /// <exception cref="Platform.Http.UnavailableException">The provider does not answer, or does not let the shop in.</exception>
    Task<bool> ForgetAsync(string email, CancellationToken cancellation);
}
