using System.Text;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Reading;

/// <summary>Puts variables into values: <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c>, <c>${NAME-default}</c>,
/// <c>${NAME:?message}</c>, <c>${NAME?message}</c>, <c>${NAME:+other}</c>, <c>${NAME+other}</c>; a default may have variables of its own,
/// and <c>$$</c> is a dollar sign.</summary>
/// <remarks>Source: Compose specification, "Interpolation".</remarks>
internal sealed class Interpolation
{
    private readonly Variables _variables;
    private readonly ICollection<string> _warnings;

    /// <summary>Makes the interpolation.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="warnings">Takes one sentence for each variable that is not set, with the first place that uses it.</param>
    public Interpolation(Variables variables, ICollection<string> warnings) => (_variables, _warnings) = (variables, warnings);

    /// <summary>Puts variables into all values of a document; keys are left as they are.</summary>
    /// <exception cref="FileFaultException">A variable is written wrongly, or one that must be set is not.</exception>
    public Node Apply(Node node) => node switch
    {
        Mapping mapping => mapping with { Entries = [.. mapping.Entries.Select(entry => entry with { Value = Apply(entry.Value) })] },
        Sequence sequence => sequence with { Items = [.. sequence.Items.Select(Apply)] },
        Scalar scalar when scalar.Text.Contains('$', StringComparison.Ordinal) =>
            scalar with { Text = new Reading(this, scalar.Place, scalar.Text).Run() },
        _ => node,
    };

    private string? ValueOf(string name) => _variables[name];

    private string Unset(string name, Place place)
    {
        string warning = $"the variable \"{name}\" is not set, it is taken for empty: set it, or write ${{{name}:-DEFAULT}}";
        if (!_warnings.Any(known => known.EndsWith(warning, StringComparison.Ordinal)))
        {
            _warnings.Add($"{place}: {warning}");
        }

        return "";
    }

    // One value, read from left to right.
    private sealed class Reading(Interpolation owner, Place place, string text)
    {
        private int _at;

        public string Run() => Until(null);

        // Reads up to the closing brace of an expression, or to the end of the value.
        private string Until(char? end)
        {
            var result = new StringBuilder();
            while (_at < text.Length && text[_at] != end)
            {
                char letter = text[_at++];
                result.Append(letter == '$' ? Dollar() : letter.ToString());
            }

            if (end is not null && _at >= text.Length)
            {
                throw Invalid();
            }

            return result.ToString();
        }

        private string Dollar()
        {
            if (_at < text.Length && text[_at] == '$')
            {
                _at++;
                return "$";
            }

            if (_at < text.Length && text[_at] == '{')
            {
                _at++;
                string value = Expression();
                _at++;
                return value;
            }

            string name = Name();
            return owner.ValueOf(name) ?? owner.Unset(name, place);
        }

        private string Expression()
        {
            string name = Name();
            bool emptyIsUnset = Accept(':');
            char kind = _at < text.Length ? text[_at] : '\0';
            if (kind == '}' && !emptyIsUnset)
            {
                return owner.ValueOf(name) ?? owner.Unset(name, place);
            }

            _at++;
            string? value = owner.ValueOf(name);
            bool isSet = value is not null && !(emptyIsUnset && value.Length == 0);
            string other = kind is '-' or '?' or '+' ? Other(isUsed: kind == '+' ? isSet : !isSet) : throw Invalid();
            return kind switch
            {
                '-' => isSet ? value! : other,
                '+' => isSet ? other : "",
                _ => isSet ? value! : throw new FileFaultException(
                    place, $"the variable \"{name}\" must be set{(other.Length > 0 ? ": " + other : ", in the environment or in .env")}"),
            };
        }

        // A default that is not used warns of nothing.
        private string Other(bool isUsed)
        {
            if (isUsed)
            {
                return Until('}');
            }

            for (int depth = 0; _at < text.Length; _at++)
            {
                if (text[_at] == '{')
                {
                    depth++;
                }
                else if (text[_at] == '}' && depth-- == 0)
                {
                    return "";
                }
            }

            throw Invalid();
        }

        private string Name()
        {
            int start = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }

            return _at > start && !char.IsAsciiDigit(text[start]) ? text[start.._at] : throw Invalid();
        }

        private bool Accept(char letter)
        {
            bool found = _at < text.Length && text[_at] == letter;
            _at += found ? 1 : 0;
            return found;
        }

        private FileFaultException Invalid() => new(
            place, $"invalid variable in \"{text}\": write $NAME, ${{NAME}} or ${{NAME:-DEFAULT}}, and $$ for a dollar sign");
    }
}
