namespace Shop.Local.Sandboxes;

/// <summary>What time alone brings about: what expires, what settles, and what is no longer kept.</summary>
internal abstract class Clockwork(SandboxAccount account)
{
    /// <summary>Whether what is pending comes to its end by itself.</summary>
    protected bool Settles => account.Settings.Mode == SandboxMode.Automatic;

    /// <summary>Does what is due by now.</summary>
    public async Task AdvanceAsync()
    {
        if (account.Alone(Next) is not { } next || next > account.Now)
            return;
        await account.CommitAsync(() =>
        {
            DoWhatIsDue();
            return true;
        });
    }

    /// <summary>When there is something to do next, in Unix seconds; called with the account's lock held.</summary>
    public abstract long? Next();

    /// <summary>Called with the account's lock held.</summary>
    protected abstract void DoWhatIsDue();
}
