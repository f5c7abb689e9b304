using System.Globalization;
using System.Text;
using Net.Api.Networks;
using Net.Cli.CommandLines;

namespace Net.Cli.Networks;

/// <summary>A network as typed after <c>--network</c>: its name alone, or in Docker's long form, comma-separated fields such as
/// <c>name=back,alias=db,ip=10.7.0.9</c>.</summary>
/// <param name="Name">Name or id of the network, or a mode such as <c>host</c>.</param>
/// <param name="Config">What is requested for the endpoint; null when only the name is given.</param>
internal sealed record NetworkFlag(string Name, EndpointConfig? Config)
{
    /// <summary>Parses one value of the flag.</summary>
    /// <exception cref="FormatException">A field is unknown or has no value, or the network is not named.</exception>
    public static NetworkFlag Parse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal))
        {
            return new NetworkFlag(text, null);
        }

        string? name = null, ip = null, ip6 = null, mac = null;
        int priority = 0;
        List<string> aliases = [], linkLocal = [], options = [];
        foreach (string field in FieldsOf(text))
        {
            int equals = field.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Invalid(text, $"invalid field {field}: write it as KEY=VALUE");
            }

            string value = field[(equals + 1)..].Trim();
            switch (field[..equals].Trim().ToUpperInvariant())
            {
                case "NAME": name = value; break;
                case "ALIAS": aliases.Add(value); break;
                case "IP": ip = value; break;
                case "IP6": ip6 = value; break;
                case "MAC-ADDRESS": mac = value; break;
                case "LINK-LOCAL-IP": linkLocal.Add(value); break;
                case "DRIVER-OPT": options.Add(value); break;
                case "GW-PRIORITY": priority = PriorityOf(value); break;
                default:
                    throw Invalid(
                        text,
                        $"invalid field key {field[..equals]}: use name, alias, ip, ip6, mac-address, link-local-ip, driver-opt or "
                            + "gw-priority");
            }
        }

        return string.IsNullOrEmpty(name)
            ? throw Invalid(text, "network name/id is not specified; give name=NETWORK")
            : new NetworkFlag(name, new EndpointConfig
            {
                IPAMConfig = EndpointFlags.IpamConfigOf(ip, ip6, linkLocal),
                Aliases = aliases.Count > 0 ? aliases : null,
                MacAddress = mac,
                DriverOpts = options.Count > 0 ? KeyValues.Of(options) : null,
                GwPriority = priority,
            });
    }

    /// <summary>Parses a priority for the default gateway.</summary>
    /// <exception cref="FormatException">It is no whole number of 32 bits.</exception>
    public static int PriorityOf(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int priority)
            ? priority
            : throw new FormatException($"invalid gw-priority \"{text}\": give a whole number, such as 100 or -1");

    // The fields of a line of comma-separated values (RFC 4180): one with a comma in it is in quotation marks, and a quotation mark in
    // that is doubled.
    private static List<string> FieldsOf(string text)
    {
        List<string> fields = [];
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append(text[++i]);
            }
            else if (text[i] == '"' && (quoted || field.Length == 0))
            {
                quoted = !quoted;
            }
            else if (text[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(text[i]);
            }
        }

        fields.Add(field.ToString());
        return quoted ? throw Invalid(text, "a quotation mark is not closed") : fields;
    }

    private static FormatException Invalid(string text, string why) =>
        new($"invalid argument \"{text}\" for \"--network\" flag: {why}");
}
