using Microsoft.Data.Sqlite;
using Net.Cnm.Errors;

namespace Net.Controller.Stores;

/// <summary>The steps from an empty database to the current schema. A released step is never changed; a new step is added
/// instead.</summary>
internal static class Migrations
{
    private static readonly string[] Steps =
    [
        // Version 1.
        """
        CREATE TABLE networks (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            driver TEXT NOT NULL,
            json TEXT NOT NULL) STRICT;
        CREATE TABLE sandboxes (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL CHECK (state IN ('Created', 'Running', 'Exited')),
            json TEXT NOT NULL) STRICT;
        CREATE TABLE endpoints (
            id TEXT PRIMARY KEY,
            network TEXT NOT NULL REFERENCES networks (id),
            sandbox TEXT NOT NULL REFERENCES sandboxes (id),
            json TEXT NOT NULL,
            UNIQUE (network, sandbox)) STRICT;
        CREATE INDEX endpoints_by_sandbox ON endpoints (sandbox);
        CREATE TABLE tombstones (
            kind TEXT NOT NULL CHECK (kind IN ('Network', 'Endpoint', 'Sandbox')),
            id TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (kind, id)) STRICT;
        CREATE TABLE prior_values (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL) STRICT;
        """,

        // Version 2: a port specification covers a run of consecutive ports, and a sandbox may expose ports.
        """
        UPDATE sandboxes SET json = json_set(
            json,
            '$.exposedPorts', json('[]'),
            '$.publishAll', json('false'),
            '$.portSpecs', (SELECT json_group_array(json_set(value, '$.count', 1)) FROM json_each(sandboxes.json, '$.portSpecs')),
            '$.ports', (
                SELECT json_group_array(json_set(value, '$.count', 1, '$.delivery', 'Translation'))
                FROM json_each(sandboxes.json, '$.ports')));
        UPDATE tombstones SET json = json_set(
            json,
            '$.sandbox.exposedPorts', json('[]'),
            '$.sandbox.publishAll', json('false'),
            '$.sandbox.portSpecs', (
                SELECT json_group_array(json_set(value, '$.count', 1))
                FROM json_each(tombstones.json, '$.sandbox.portSpecs')),
            '$.sandbox.ports', json('[]'))
            WHERE kind = 'Sandbox';
        """,

        // Version 3: a sandbox has resolver settings, and an endpoint may have private names.
        """
        UPDATE sandboxes SET json = json_set(json, '$.resolver', json('{"servers":[],"search":[],"options":[]}'));
        UPDATE tombstones SET json = json_set(json, '$.sandbox.resolver', json('{"servers":[],"search":[],"options":[]}'))
            WHERE kind = 'Sandbox';
        UPDATE endpoints SET json = json_set(json, '$.privateNames', json('[]'));
        UPDATE tombstones SET json = json_set(json, '$.endpoint.privateNames', json('[]')) WHERE kind = 'Endpoint';
        """,

        // Version 4: a network stack exists in the state Running alone. A sandbox without a command, which was Created, is Running. One
        // with a command that was never started has no ports yet, and of addresses those that the user gave it.
        """
        UPDATE endpoints SET json = json_set(
            json,
            '$.iPv4', CASE WHEN json_extract(json, '$.iPv4IsStatic') THEN json_extract(json, '$.iPv4') END,
            '$.iPv6', CASE WHEN json_extract(json, '$.iPv6IsStatic') THEN json_extract(json, '$.iPv6') END)
            WHERE sandbox IN (
                SELECT id FROM sandboxes WHERE state = 'Created' AND json_extract(json, '$.process') IS NOT NULL);
        UPDATE sandboxes SET json = json_set(json, '$.ports', json('[]'))
            WHERE state = 'Created' AND json_extract(json, '$.process') IS NOT NULL;
        UPDATE sandboxes SET state = 'Running', json = json_set(json, '$.state', 'Running')
            WHERE state = 'Created' AND json_extract(json, '$.process') IS NULL;
        """,

        // Version 5: released addresses are kept in the order of their release.
        """
        CREATE TABLE freed_addresses (
            network TEXT NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
            address TEXT NOT NULL,
            place INTEGER NOT NULL,
            PRIMARY KEY (network, address)) STRICT, WITHOUT ROWID;
        """,

        // Version 6: another program may reserve subnets.
        """
        CREATE TABLE foreign_pools (
            id TEXT PRIMARY KEY,
            json TEXT NOT NULL) STRICT;
        """,
    ];

    /// <summary>The current schema version.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Migrates a database to the current schema, each step in a transaction of its own.</summary>
    /// <exception cref="CnmException">Unavailable: the database has a later schema version than this program knows.</exception>
    public static void Run(SqliteConnection connection)
    {
        Execute(connection, null, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
        int version = Read(connection);
        if (version > Newest)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"the store {connection.DataSource} has schema version {version}, this program knows up to {Newest}: "
                    + "it was written by a later netctl; use that one or another --data-root");
        }

        for (; version < Newest; version++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Execute(connection, transaction, Steps[version]);
            Execute(connection, transaction, $"DELETE FROM schema_version; INSERT INTO schema_version VALUES ({version + 1})");
            transaction.Commit();
        }
    }

    private static int Read(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(version), 0) FROM schema_version";
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is a constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
