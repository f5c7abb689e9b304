using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;

namespace Net.Controller.Stores;

/// <summary>Reads, writes and deletes rows of the store.</summary>
/// <param name="connection">The database.</param>
/// <param name="transaction">The transaction to which the statements belong, or null.</param>
internal sealed class StoreRows(SqliteConnection connection, SqliteTransaction? transaction)
{
    /// <summary>Writes and deletes the rows of all that a change has changed.</summary>
    public void Put(ModelChange change)
    {
        ModelSnapshot after = change.After;

        // Foreign keys: rows that refer to others are deleted before them and inserted after them.
        DeleteAll("endpoints", change.Endpoints.Where(id => !after.EndpointsById.ContainsKey(id)).Select(id => id.Value));
        DeleteAll("sandboxes", change.Sandboxes.Where(id => !after.SandboxesById.ContainsKey(id)).Select(id => id.Value));
        DeleteAll("networks", change.Networks.Where(id => !after.NetworksById.ContainsKey(id)).Select(id => id.Value));
        FreeNames(change.Sandboxes.Where(id => IsRenamed(change, id)).Select(id => id.Value));
        foreach (NetworkId id in change.Networks)
        {
            if (after.NetworksById.TryGetValue(id, out Network? network))
            {
                Put(network);
            }
        }

        foreach (SandboxId id in change.Sandboxes)
        {
            if (after.SandboxesById.TryGetValue(id, out Sandbox? sandbox))
            {
                Put(sandbox);
            }
        }

        foreach (EndpointId id in change.Endpoints)
        {
            if (after.EndpointsById.TryGetValue(id, out Endpoint? endpoint))
            {
                Put(endpoint);
            }
        }

        foreach (OwnerId owner in change.Tombstones)
        {
            Put(owner, after.TombstonesByOwner.GetValueOrDefault(owner));
        }

        PutFreed(change);
        foreach (string id in change.ForeignPools)
        {
            Put(id, after.ForeignPools.GetValueOrDefault(id));
        }
    }

    public void Put(Network network) => Execute(
        """
        INSERT INTO networks (id, name, driver, json) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, driver = excluded.driver, json = excluded.json
        """,
        network.Id.Value,
        network.Name,
        network.Driver,
        JsonSerializer.Serialize(network, StoreJson.Default.Network));

    public void Put(Sandbox sandbox) => Execute(
        """
        INSERT INTO sandboxes (id, name, state, json) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, json = excluded.json
        """,
        sandbox.Id.Value,
        sandbox.Name,
        sandbox.State.ToString(),
        JsonSerializer.Serialize(sandbox, StoreJson.Default.Sandbox));

    public void Put(Endpoint endpoint) => Execute(
        """
        INSERT INTO endpoints (id, network, sandbox, json) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET json = excluded.json
        """,
        endpoint.Id.Value,
        endpoint.Network.Value,
        endpoint.Sandbox.Value,
        JsonSerializer.Serialize(endpoint, StoreJson.Default.Endpoint));

    /// <summary>Writes a tombstone, or deletes it when it is null.</summary>
    public void Put(OwnerId owner, Tombstone? tombstone)
    {
        if (tombstone is null)
        {
            Execute("DELETE FROM tombstones WHERE kind = $1 AND id = $2", owner.Kind.ToString(), owner.Tag);
            return;
        }

        Execute(
            """
            INSERT INTO tombstones (kind, id, json) VALUES ($1, $2, $3)
            ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json
            """,
            owner.Kind.ToString(),
            owner.Tag,
            JsonSerializer.Serialize(tombstone, StoreJson.Default.Tombstone));
    }

    /// <summary>Writes a subnet of another program, or deletes it when it is null.</summary>
    public void Put(string id, ForeignPool? pool)
    {
        if (pool is null)
        {
            DeleteAll("foreign_pools", [id]);
            return;
        }

        Execute(
            "INSERT INTO foreign_pools (id, json) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET json = excluded.json",
            id,
            JsonSerializer.Serialize(pool, StoreJson.Default.ForeignPool));
    }

    /// <summary>Writes or deletes the rows of the released addresses that a change has added or removed. Those of a removed network have
    /// gone with it.</summary>
    public void PutFreed(ModelChange change)
    {
        foreach ((NetworkId network, IPAddress address)
            in change.FreedAddresses.Where(freed => change.After.NetworksById.ContainsKey(freed.Network)))
        {
            if (change.After.FreedOf(network).Places.TryGetValue(address, out long place))
            {
                Execute(
                    """
                    INSERT INTO freed_addresses (network, address, place) VALUES ($1, $2, CAST($3 AS INTEGER))
                    ON CONFLICT (network, address) DO UPDATE SET place = excluded.place
                    """,
                    network.Value,
                    address.ToString(),
                    place.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                Execute("DELETE FROM freed_addresses WHERE network = $1 AND address = $2", network.Value, address.ToString());
            }
        }
    }

    /// <summary>All released addresses.</summary>
    public List<(NetworkId Network, IPAddress Address, long Place)> AllFreed()
    {
        using SqliteCommand command = NewCommand("SELECT network, address, place FROM freed_addresses");
        using SqliteDataReader reader = command.ExecuteReader();
        var all = new List<(NetworkId Network, IPAddress Address, long Place)>();
        while (reader.Read())
        {
            all.Add(IPAddress.TryParse(reader.GetString(1), out IPAddress? address)
                ? (NetworkId.Parse(reader.GetString(0)), address, reader.GetInt64(2))
                : throw new JsonException($"freed_addresses has {reader.GetString(1)}, which is no address"));
        }

        return all;
    }

    /// <summary>The values that settings of the host had before they were first set.</summary>
    public Dictionary<string, string> AllPriors()
    {
        using SqliteCommand command = NewCommand("SELECT key, value FROM prior_values");
        using SqliteDataReader reader = command.ExecuteReader();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            values.Add(reader.GetString(0), reader.GetString(1));
        }

        return values;
    }

    /// <summary>Writes the value that a setting of the host had before it was first set; one that is there stays.</summary>
    public void Remember(string key, string value) =>
        Execute("INSERT INTO prior_values (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING", key, value);

    public void Forget(string key) => Execute("DELETE FROM prior_values WHERE key = $1", key);

    public bool HasNetworks()
    {
        using SqliteCommand command = NewCommand("SELECT EXISTS (SELECT 1 FROM networks)");
        return command.ExecuteScalar() is 1L;
    }

    /// <summary>Reads all rows.</summary>
    public ModelSnapshot ReadModel()
    {
        var edit = new ModelEdit(ModelSnapshot.Empty);
        foreach (Network network in All("networks", StoreJson.Default.Network))
        {
            edit.Put(network);
        }

        foreach (Sandbox sandbox in All("sandboxes", StoreJson.Default.Sandbox))
        {
            edit.Put(sandbox);
        }

        foreach (Endpoint endpoint in All("endpoints", StoreJson.Default.Endpoint))
        {
            edit.Put(endpoint);
        }

        foreach (Tombstone tombstone in All("tombstones", StoreJson.Default.Tombstone))
        {
            edit.Put(tombstone);
        }

        foreach (ForeignPool pool in All("foreign_pools", StoreJson.Default.ForeignPool))
        {
            edit.Put(pool);
        }

        foreach ((NetworkId network, IPAddress address, long place) in AllFreed())
        {
            edit.PutFreed(network, address, place);
        }

        return edit.Now;
    }

    /// <summary>Gives sandboxes names that no other has, so that names can change hands in one transaction.</summary>
    public void FreeNames(IEnumerable<string> sandboxes)
    {
        foreach (string id in sandboxes)
        {
            Execute("UPDATE sandboxes SET name = id WHERE id = $1", id);
        }
    }

    public void DeleteAll(string table, IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            Execute($"DELETE FROM {table} WHERE id = $1", id);
        }
    }

    public List<T> All<T>(string table, JsonTypeInfo<T> type)
    {
        using SqliteCommand command = NewCommand($"SELECT json FROM {table}");
        using SqliteDataReader reader = command.ExecuteReader();
        var all = new List<T>();
        while (reader.Read())
        {
            all.Add(JsonSerializer.Deserialize(reader.GetString(0), type) ?? throw new JsonException($"a row of {table} says null"));
        }

        return all;
    }

    private static bool IsRenamed(ModelChange change, SandboxId id) =>
        change.Before.Find(id) is { } before && change.After.Find(id) is { } after && before.Name != after.Name;

    private void Execute(string sql, params string[] values)
    {
        using SqliteCommand command = NewCommand(sql);
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand NewCommand(string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text, table names included, is a constant of this room.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
