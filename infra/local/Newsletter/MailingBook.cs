using System.Collections.Immutable;
using System.Text.Json;
using Shop.Local.Sandboxes;

namespace Shop.Local.Newsletter;

/// <summary>What the mailing provider knows, across runs.</summary>
internal sealed class MailingBook : IDisposable
{
    private readonly StateFile _file;
    private readonly Lock _lock = new();
    private ImmutableSortedDictionary<int, MailingContact> _contacts;

    /// <param name="directory">Null keeps nothing.</param>
    public MailingBook(string? directory)
    {
        _file = new(directory, "contacts");
        _contacts = (_file.Load<MailingContact[]>() ?? []).ToImmutableSortedDictionary(contact => contact.Id, contact => contact);
    }

    public IReadOnlyList<MailingContact> Contacts => [.. _contacts.Values];

    public MailingContact? Find(int id) => _contacts.GetValueOrDefault(id);

    /// <summary>One contact for an address, however often it is added.</summary>
    public async Task<MailingContact> AddAsync(string email, IReadOnlyDictionary<string, string> custom, bool listed)
    {
        MailingContact contact;
        lock (_lock)
        {
            var known = _contacts.Values.FirstOrDefault(known => string.Equals(known.Email, email, StringComparison.OrdinalIgnoreCase));
            contact = known is null
                ? new(_contacts.IsEmpty ? 1 : _contacts.Keys.Max() + 1, email, custom, listed)
                : known with { Custom = Merged(known.Custom, custom), Listed = known.Listed || listed };
            Put(contact);
        }

        await SaveAsync();
        return contact;
    }

    /// <returns>False when there is no such contact.</returns>
    public async Task<bool> ChangeAsync(int id, Func<MailingContact, MailingContact?> change)
    {
        lock (_lock)
        {
            if (!_contacts.TryGetValue(id, out var known)) return false;
            if (change(known) is { } changed) Put(changed);
            else _contacts = _contacts.Remove(id);
            _file.Changed();
        }

        await SaveAsync();
        return true;
    }

    public static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> known, IReadOnlyDictionary<string, string> given)
    {
        var merged = new Dictionary<string, string>(known);
        foreach (var (name, value) in given) merged[name] = value;
        return merged;
    }

    public void Dispose() => _file.Dispose();

    private void Put(MailingContact contact)
    {
        _contacts = _contacts.SetItem(contact.Id, contact);
        _file.Changed();
    }

    private Task SaveAsync() => _file.SaveAsync(() => JsonSerializer.SerializeToUtf8Bytes(Contacts, StateFile.Json));
}
