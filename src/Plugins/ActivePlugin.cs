using Net.Cnm.Errors;
using Net.Plugins.Ipam;
using Net.Plugins.Networks;
using Net.Plugins.Places;
using Net.Plugins.Wire;

namespace Net.Plugins;

/// <summary>A plug-in that has said what it implements.</summary>
internal sealed class ActivePlugin : IDisposable
{
    private readonly PluginConnection _connection;

    private ActivePlugin(PluginPlace place, PluginConnection connection)
    {
        Place = place;
        _connection = connection;
    }

    /// <summary>Where it answers.</summary>
    public PluginPlace Place { get; }

    /// <summary>The network driver; null when it is none.</summary>
    public NetworkPlugin? Network { get; private init; }

    /// <summary>The IPAM driver; null when it is none.</summary>
    public IpamPlugin? Ipam { get; private init; }

    /// <summary>Asks a plug-in what it implements, and what it is capable of.</summary>
    /// <param name="connection">The connection, which the result disposes of, as does a failure.</param>
    /// <param name="name">The plug-in's name.</param>
    /// <param name="place">Where it answers.</param>
    /// <exception cref="CnmException">It does not answer, or with nonsense.</exception>
    public static async Task<ActivePlugin> ActivateAsync(
        PluginConnection connection, string name, PluginPlace place, CancellationToken cancellationToken)
    {
        try
        {
            ActivateAnswer answer = await connection
                .PostAsync("Plugin.Activate", [], PluginJson.Default.ActivateAnswer, cancellationToken)
                .ConfigureAwait(false);
            string[] implements = answer.Implements ?? [];
            return new ActivePlugin(place, connection)
            {
                Network = implements.Contains("NetworkDriver", StringComparer.Ordinal)
                    ? await NetworkPlugin.OpenAsync(name, connection, cancellationToken).ConfigureAwait(false)
                    : null,
                Ipam = implements.Contains("IpamDriver", StringComparer.Ordinal)
                    ? await IpamPlugin.OpenAsync(name, connection, cancellationToken).ConfigureAwait(false)
                    : null,
            };
        }
        catch (Exception error)
        {
            connection.Dispose();
            if (error is PluginRefusalException refusal)
            {
                throw refusal.ToCnm();
            }

            throw;
        }
    }

    /// <summary>Closes the connection when the requests under way have ended.</summary>
    public void Dispose() => _connection.Dispose();
}
