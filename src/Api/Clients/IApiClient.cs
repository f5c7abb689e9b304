namespace Net.Api.Clients;

/// <summary>All requests to the daemon.</summary>
public interface IApiClient : INetworkApi, IContainerApi, IDaemonApi, IDnsApi
{
    /// <summary>The daemon's address.</summary>
    DaemonAddress Address { get; }
}
