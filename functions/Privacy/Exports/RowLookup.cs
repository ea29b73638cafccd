namespace Shop.Functions.Privacy.Exports;

/// <summary>How the rows of a kind are found when it is asked what is held about somebody.</summary>
public enum RowLookup
{
    /// <summary>In the partition of the account.</summary>
    Account,

    /// <summary>By the orders in the account's history. What the rows of an invoice say, its order says as well.</summary>
    Order,

    /// <summary>By the account's id in the row's key. An order's own rows in the schedules hold nothing but its id, which the export has, and when it is looked at.</summary>
    Key,

    /// <summary>By the account's id in a list of several people's.</summary>
    List,

    /// <summary>By what the person is called, in what staff wrote.</summary>
    Name,

    /// <summary>Not about one person, or gone again before anybody could ask.</summary>
    Nobody,
}
