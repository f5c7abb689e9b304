using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Net.Cnm.Addresses;
using Net.Cnm.Identifiers;

namespace Net.Controller.Stores;

/// <summary>Writes a value as its text form and parses it from that.</summary>
internal abstract class TextJson<T>(Func<string, T> parse) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return parse(reader.GetString() ?? "");
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());
}

internal sealed class NetworkIdJson() : TextJson<NetworkId>(NetworkId.Parse);

internal sealed class EndpointIdJson() : TextJson<EndpointId>(EndpointId.Parse);

internal sealed class SandboxIdJson() : TextJson<SandboxId>(SandboxId.Parse);

internal sealed class AddressJson() : TextJson<IPAddress>(IPAddress.Parse);

internal sealed class SubnetJson() : TextJson<IPNetwork>(IPNetwork.Parse);

internal sealed class InterfaceAddressJson() : TextJson<InterfaceAddress>(InterfaceAddress.Parse);

internal sealed class MacAddressJson() : TextJson<MacAddress>(MacAddress.Parse);
